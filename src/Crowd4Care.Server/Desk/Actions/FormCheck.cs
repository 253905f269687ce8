using Microsoft.AspNetCore.Antiforgery;
using static Crowd4Care.Server.Desk.Languages.Texts;

namespace Crowd4Care.Server.Desk.Actions;

/// <summary>Refuses posts that don't come from a form of the desk.</summary>
internal static class FormCheck
{
    public static TBuilder WithFormCheck<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            return context.Request.HasFormContentType && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
                ? await next(invocation)
                : DeskAnswer.Refused(Say("That page was open for too long. It is fresh now: please try again."));
        });

    /// <summary>A field of the posted form, trimmed; empty when it is missing.</summary>
    public static async Task<string> FieldAsync(this HttpContext context, string name) =>
        (await context.Request.ReadFormAsync(context.RequestAborted))[name].ToString().Trim();
}
