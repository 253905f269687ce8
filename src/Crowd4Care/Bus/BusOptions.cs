using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Bus;

/// <summary>What carries the wake-ups between the stages.</summary>
public sealed class BusOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Bus";

    /// <summary>Within the process: nothing to install, nothing kept.</summary>
    public const string Memory = "memory";

    /// <summary>RabbitMQ 3.10 or later, without plugins.</summary>
    public const string RabbitMq = "rabbitmq";

    /// <summary><c>memory</c> or <c>rabbitmq</c>.</summary>
    [RegularExpression(Memory + "|" + RabbitMq, ErrorMessage = "Bus:Transport is unknown; known: memory, rabbitmq.")]
    public string Transport { get; set; } = Memory;

    /// <summary>The broker: <c>amqp://user:password@host:port/vhost</c>; without a vhost it is <c>/</c>.</summary>
    public Uri? Url { get; set; }

    /// <summary>Begins every name on the broker, so that several installations can share one.</summary>
    [RegularExpression("[a-z0-9-]{0,40}", ErrorMessage = "Bus:Prefix may have small letters, digits and hyphens, at most 40.")]
    public string Prefix { get; set; } = "";

    /// <summary>On how many brokers of a cluster a queue lies; the broker decides when it is left out.</summary>
    [Range(1, 9)]
    public int? Replicas { get; set; }

    /// <summary>
    /// How often a message is delivered before the broker drops it. A message that kills its consumer must not come back for ever. Nothing is
    /// lost by dropping one: messages are wake-ups, and the sweeps send them again for as long as the row has not advanced.
    /// </summary>
    [Range(1, 1000)]
    public int DeliveryLimit { get; set; } = 20;

    /// <summary>Seconds that a step waits for the broker to confirm a wake-up before it leaves it to the sweeps.</summary>
    [Range(0.1, 60)]
    public double PublishSeconds { get; set; } = 5;

    /// <summary>Whether the work is shared with other processes.</summary>
    public bool IsShared => Transport == RabbitMq;

    /// <summary>A name on the broker.</summary>
    public string NameOf(string queue) => Prefix.Length == 0 ? queue : $"{Prefix}-{queue}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsShared && (Url is null || !Url.IsAbsoluteUri || Url.Scheme is not ("amqp" or "amqps")))
            yield return new ValidationResult($"Bus:Url is \"{Url}\"; with Bus:Transport=rabbitmq it must be the broker's address, such as amqp://user:password@localhost:5672/.");
    }
}
