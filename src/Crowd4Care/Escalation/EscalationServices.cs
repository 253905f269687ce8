using Crowd4Care.Escalation.Duplicates;
using Microsoft.Extensions.DependencyInjection;

namespace Crowd4Care.Escalation;

/// <summary>Registration of the module.</summary>
public static class EscalationServices
{
    /// <summary>Adds queues, hand-overs and notes.</summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services) =>
        services.AddSingleton<StaffDesk>().AddSingleton<QueueQueries>().AddSingleton<NoteStore>().AddSingleton<DuplicateDesk>().AddSingleton<DuplicateQueries>();
}
