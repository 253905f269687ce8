namespace Crowd4Care.Language.Training;

/// <summary>What was promised and what came true, by probability.</summary>
internal sealed class ReliabilityBins
{
    private const int Count = 10;

    private readonly double[] promised = new double[Count];
    private readonly int[] cameTrue = new int[Count];
    private int all;

    /// <summary>The mean distance between the two, each bin weighed by what is in it.</summary>
    public double Error
    {
        get
        {
            var distance = 0.0;
            for (var bin = 0; bin < Count; bin++)
                distance += Math.Abs(promised[bin] - cameTrue[bin]);
            return all == 0 ? 0 : distance / all;
        }
    }

    public void Add(double probability, bool isTrue)
    {
        var bin = Math.Min((int)(probability * Count), Count - 1);
        promised[bin] += probability;
        cameTrue[bin] += isTrue ? 1 : 0;
        all++;
    }
}
