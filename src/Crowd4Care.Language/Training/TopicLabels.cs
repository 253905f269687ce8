namespace Crowd4Care.Language.Training;

/// <summary>
/// The topics of support, by who can answer, and what the intents of published sets mean in them. Praise is no topic: it is the
/// sentiment of a post about a product or the service.
/// </summary>
internal static class TopicLabels
{
    public static readonly IReadOnlyList<string> All =
        ["account", "billing", "cancellation", "delivery", "order", "other", "product", "refund", "service", "technical"];

    private static readonly Dictionary<string, string> Bitext = Invert(
        ("account", "create_account edit_account recover_password registration_problems switch_account newsletter_subscription"),
        ("billing", "check_invoice get_invoice check_payment_methods payment_issue"),
        ("cancellation", "check_cancellation_fee delete_account"),
        ("delivery", "change_shipping_address set_up_shipping_address delivery_options delivery_period track_order"),
        ("order", "cancel_order change_order place_order"),
        ("refund", "check_refund_policy get_refund track_refund"),
        ("service", "complaint contact_customer_service contact_human_agent"));

    private static readonly Dictionary<string, string> Banking = Invert(
        ("account", "verify_my_identity unable_to_verify_identity why_verify_identity edit_personal_details passcode_forgotten change_pin pin_blocked"),
        ("billing", "card_payment_fee_charged extra_charge_on_statement transaction_charged_twice direct_debit_payment_not_recognised "
            + "card_payment_not_recognised transfer_fee_charged declined_card_payment card_payment_wrong_exchange_rate pending_card_payment"),
        ("cancellation", "terminate_account"),
        ("delivery", "card_arrival card_delivery_estimate"),
        ("order", "order_physical_card getting_spare_card"),
        ("product", "supported_cards_and_currencies country_support fiat_currency_support card_acceptance atm_support exchange_via_app"),
        ("refund", "request_refund Refund_not_showing_up reverted_card_payment?"),
        ("technical", "card_not_working contactless_not_working virtual_card_not_working"));

    private static readonly Dictionary<string, string> Clinc = Invert(
        ("account", "account_blocked pin_change"),
        ("billing", "bill_balance bill_due pay_bill min_payment card_declined international_fees"),
        ("delivery", "order_status replacement_card_duration"),
        ("order", "order order_checks"),
        ("technical", "sync_device reset_settings"),
        ("other", "oos greeting goodbye thank_you tell_joke fun_fact weather recipe traffic flip_coin meaning_of_life what_are_your_hobbies "
            + "where_are_you_from how_old_are_you restaurant_suggestion travel_suggestion definition translate play_music next_holiday calories"));

    public static string? OfBitext(string intent) => Bitext.GetValueOrDefault(intent);

    public static string? OfBanking(string intent) => Banking.GetValueOrDefault(intent);

    public static string? OfClinc(string intent) => Clinc.GetValueOrDefault(intent);

    /// <summary>Nearly all of it is talk to an assistant at home.</summary>
    public static string? OfHwu(string intent) => intent switch
    {
        "takeaway_order" => "order",
        "takeaway_query" => "delivery",
        _ when intent.StartsWith("general_", StringComparison.Ordinal) => "other",
        "weather_query" or "news_query" or "qa_factoid" or "cooking_recipe" or "recommendation_movies" or "recommendation_events" => "other",
        _ => null,
    };

    private static Dictionary<string, string> Invert(params (string Topic, string Intents)[] topics) =>
        topics.SelectMany(topic => topic.Intents.Split(' ').Select(intent => (intent, topic.Topic)))
            .ToDictionary(pair => pair.intent, pair => pair.Topic, StringComparer.Ordinal);
}
