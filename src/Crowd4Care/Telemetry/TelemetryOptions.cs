using System.ComponentModel.DataAnnotations;

namespace Crowd4Care.Telemetry;

/// <summary>Where traces and metrics go.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// The collector that gets traces and metrics by OTLP. Without it, and without the usual <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, nothing is sent.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>How the collector is spoken to: <c>grpc</c> or <c>http/protobuf</c>. If left out, as <c>OTEL_EXPORTER_OTLP_PROTOCOL</c> says.</summary>
    [RegularExpression("grpc|http/protobuf")]
    public string? OtlpProtocol { get; set; }

    /// <summary>The share of mentions that are traced, from 0 to 1. All processes must have the same, or traces have gaps.</summary>
    [Range(0, 1)]
    public double SampleRatio { get; set; } = 0.01;

    /// <summary>
    /// What a scraper that does not run on this machine sends as <c>Authorization: Bearer …</c> to <c>/metrics</c>. Without it, only this
    /// machine is answered.
    /// </summary>
    [MinLength(16)]
    public string? MetricsToken { get; set; }
}
