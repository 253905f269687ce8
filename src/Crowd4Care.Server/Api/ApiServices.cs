using System.Text.Json;
using System.Text.Json.Serialization;

namespace Crowd4Care.Server.Api;

/// <summary>The HTTP API: resources under /api/v1, the OpenAPI document.</summary>
internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        // A request that can't be read is the caller's mistake, wherever it is found.
        services.Configure<ExceptionHandlerOptions>(options =>
            options.StatusCodeSelector = error => error is BadHttpRequestException wrong ? wrong.StatusCode : StatusCodes.Status500InternalServerError);
        services.AddOpenApi("v1", options =>
        {
            // The desk's forms are nobody's contract.
            options.ShouldInclude = operation => operation.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "Crowd4Care";
                document.Info.Version = "v1";
                document.Info.Description = "Mentions in, decisions and work out. Sign in with \"Authorization: Bearer KEY\".";
                // The address of the server that happens to answer is not part of the contract.
                document.Servers?.Clear();
                return Task.CompletedTask;
            });
        });
        services.AddSingleton<EffectiveSettings>();
        return services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RequireAuthorization().DisableAntiforgery();
        api.MapMentions();
        api.MapDecision();
        api.MapWork();
        api.MapBulk();
        api.MapDuplicates();
        api.MapNotes();
        api.MapCorrections();
        api.MapTemplates();
        api.MapApprovals();
        api.MapQuestions();
        api.MapRules();
        api.MapCommunity();
        api.MapPeople();
        api.MapJournal();
        api.MapSkills();
        api.MapSettings();
        api.MapFailures();
        app.MapOpenApi().AllowAnonymous();
    }
}
