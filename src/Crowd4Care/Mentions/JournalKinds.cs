namespace Crowd4Care.Mentions;

/// <summary>What the journal records. Points, audit and notifications are read from these; a kind is never renamed.</summary>
public static class JournalKinds
{
    /// <summary>A mention was stored.</summary>
    public const string Received = "mention.received";

    /// <summary>A mention was scored.</summary>
    public const string Classified = "mention.classified";

    /// <summary>The router gave a mention to the crowd.</summary>
    public const string Opened = "mention.opened";

    /// <summary>The router or a person gave a mention to staff.</summary>
    public const string Escalated = "mention.escalated";

    /// <summary>The router found that a mention needs no answer.</summary>
    public const string Ignored = "mention.ignored";

    /// <summary>A mention was reserved for one advocate.</summary>
    public const string Offered = "offer.made";

    /// <summary>The advocate declined.</summary>
    public const string Passed = "offer.passed";

    /// <summary>The advocate did not react in time.</summary>
    public const string OfferExpired = "offer.expired";

    /// <summary>It was offered to several, and somebody else was first.</summary>
    public const string OfferTaken = "offer.taken";

    /// <summary>The offer ended because the advocate is away or gone; they may be asked again.</summary>
    public const string OfferWithdrawn = "offer.withdrawn";

    /// <summary>Somebody took the exclusive right to answer.</summary>
    public const string Claimed = "claim.taken";

    /// <summary>The holder of a claim asked for more time.</summary>
    public const string ClaimExtended = "claim.extended";

    /// <summary>The claim was given back.</summary>
    public const string Released = "claim.released";

    /// <summary>The claim ran out.</summary>
    public const string ClaimExpired = "claim.expired";

    /// <summary>The claim ended because its holder was suspended; the entry names them.</summary>
    public const string ClaimWithdrawn = "claim.withdrawn";

    /// <summary>Staff gave an escalation back to the crowd.</summary>
    public const string HandedBack = "mention.handed-back";

    /// <summary>A reply was handed in to be posted.</summary>
    public const string ReplySubmitted = "reply.submitted";

    /// <summary>A reply was handed in, and waits until staff approve it.</summary>
    public const string ReplyAwaitsApproval = "reply.awaits-approval";

    /// <summary>Staff approved the reply; the entry names its writer.</summary>
    public const string ReplyApproved = "reply.approved";

    /// <summary>Staff did not approve the reply; the entry says why.</summary>
    public const string ReplyRejected = "reply.rejected";

    /// <summary>The reply was taken back before it was sent.</summary>
    public const string ReplyUndone = "reply.undone";

    /// <summary>The reply stands on the network.</summary>
    public const string ReplyPosted = "reply.posted";

    /// <summary>The network refused the reply for good.</summary>
    public const string ReplyFailed = "reply.failed";

    /// <summary>The matter is closed.</summary>
    public const string Resolved = "mention.resolved";

    /// <summary>Staff closed it as a duplicate; the entry names the original.</summary>
    public const string Merged = "mention.merged";

    /// <summary>Staff took a duplicate and its original apart.</summary>
    public const string Unmerged = "mention.unmerged";

    /// <summary>The customer wrote again after an answer; written for the answered mention.</summary>
    public const string Reopened = "conversation.reopened";

    /// <summary>What the customer wrote after an answer was scored: what became of their mood, a <see cref="Contracts.MoodFact"/>; written for the answered mention.</summary>
    public const string MoodChanged = "mood.changed";

    /// <summary>The post was deleted on the network and purged here.</summary>
    public const string Deleted = "mention.deleted";

    /// <summary>Who has claimed a mention asked staff, and keeps it.</summary>
    public const string QuestionAsked = "question.asked";

    /// <summary>Staff answered; the entry names who had asked.</summary>
    public const string QuestionAnswered = "question.answered";

    /// <summary>Somebody wrote an internal note.</summary>
    public const string Noted = "note.added";

    /// <summary>Somebody said that the model was right about a head of the score.</summary>
    public const string ScoreConfirmed = "score.confirmed";

    /// <summary>Somebody said what would have been right.</summary>
    public const string ScoreCorrected = "score.corrected";

    /// <summary>Another model is live.</summary>
    public const string ModelPromoted = "model.promoted";

    /// <summary>A brand's own head was added, changed or removed.</summary>
    public const string HeadChanged = "head.changed";

    /// <summary>A rule set was published.</summary>
    public const string RulesPublished = "rules.published";

    /// <summary>A person was added or changed.</summary>
    public const string PersonChanged = "person.changed";

    /// <summary>A setting of the brand was changed.</summary>
    public const string BrandChanged = "brand.changed";

    /// <summary>Somebody wants no offers now, or wants them again: by themselves, or after several that they did not react to.</summary>
    public const string AvailabilityChanged = "person.availability";

    /// <summary>A channel was added or changed.</summary>
    public const string ChannelChanged = "channel.changed";
}
