namespace Crowd4Care.Language.Training;

/// <summary>
/// Intents of published sets that say by themselves what a customer needs: weak labels, since the sets were not made for that. The project's
/// own posts say the rest, and measure it.
/// </summary>
internal static class NeedsSupport
{
    /// <summary>Something does not work and somebody must know how it does.</summary>
    public static readonly IReadOnlySet<string> Technical = SetOf(
        "card_not_working contactless_not_working virtual_card_not_working top_up_failed card_linking sync_device reset_settings");

    /// <summary>Every hour costs: lost, stolen, locked out, defrauded, stranded.</summary>
    public static readonly IReadOnlySet<string> Urgent = SetOf(
        "compromised_card lost_or_stolen_card lost_or_stolen_phone card_swallowed pin_blocked cash_withdrawal_not_recognised report_fraud report_lost_card "
        + "account_blocked freeze_account lost_luggage jump_start");

    private static HashSet<string> SetOf(string intents) => [.. intents.Split(' ')];
}
