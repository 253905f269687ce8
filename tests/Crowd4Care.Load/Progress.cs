using System.Globalization;

namespace Crowd4Care.Load;

/// <summary>Says on standard error what the rig is at; standard output is for the result.</summary>
internal static class Progress
{
    private static readonly long Began = TimeProvider.System.GetTimestamp();

    public static void Say(FormattableString text) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(Began).TotalSeconds,7:0.0} s  {FormattableString.Invariant(text)}"));
}
