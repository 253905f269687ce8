using System.Buffers.Binary;
using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Crowd4Care.Telemetry;

/// <summary>Traces a share of the mentions. It is decided by the random end of the id, so all processes agree on it.</summary>
internal sealed class MentionSampler(double ratio) : Sampler
{
    private const double Range = 1UL << 56;

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(IsTraced(samplingParameters.TraceId) ? SamplingDecision.RecordAndSample : SamplingDecision.Drop);

    // The last 56 bits, as W3C Trace Context counts randomness.
    internal bool IsTraced(ActivityTraceId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.CopyTo(bytes);
        bytes[8] = 0;
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]) < ratio * Range;
    }
}
