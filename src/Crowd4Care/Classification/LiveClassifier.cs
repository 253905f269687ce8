using Crowd4Care.Contracts;
using Crowd4Care.Language;
using Microsoft.Extensions.Logging;

namespace Crowd4Care.Classification;

/// <summary>
/// Scores with the model that is live. <see cref="WatchModels"/> lets it look for a new one every few seconds; what is being scored then is
/// finished with the old one.
/// </summary>
public sealed partial class LiveClassifier(ShippedModel shipped, ModelStore models, ILogger<LiveClassifier> logger) : IMentionClassifier
{
    private volatile LinearClassifier current = shipped.Classifier;
    private volatile string? refused;

    /// <inheritdoc/>
    public string ModelVersion => current.ModelVersion;

    /// <inheritdoc/>
    public IReadOnlyList<ClassifierHead> Heads => current.Heads;

    /// <inheritdoc/>
    public MentionScore Score(string text, string? declaredLanguages) => current.Score(text, declaredLanguages);

    /// <inheritdoc/>
    public MentionScore Explain(string text, string? declaredLanguages) => current.Explain(text, declaredLanguages);

    /// <summary>The version that is live and can't be read; null while all is well.</summary>
    public string? Refused => refused;

    /// <summary>Takes the live model where it is another one. One that can't be read is told of once, and the present one stays.</summary>
    public async Task LookAsync(CancellationToken cancellationToken = default)
    {
        var version = await models.LiveAsync(cancellationToken);
        if (version == refused)
            return;

        refused = null;
        if (version == current.ModelVersion)
            return;
        if (version == shipped.Version)
            current = shipped.Classifier;
        else if (await models.FileAsync(version, cancellationToken) is { } file)
            Take(version, file);
    }

    private void Take(string version, byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file, writable: false);
            current = new LinearClassifier(MentionModel.Load(stream));
            Log.Taken(logger, current.ModelVersion);
        }
        catch (InvalidDataException e)
        {
            // Another program may have made it, with another form of the file.
            refused = version;
            Log.Refused(logger, version, current.ModelVersion, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Mentions are scored with model {Version} from now on")]
        public static partial void Taken(ILogger logger, string version);

        [LoggerMessage(Level = LogLevel.Error, Message = "Model {Version} is live but can't be read; mentions are scored with {Current}. Train it again, or roll back")]
        public static partial void Refused(ILogger logger, string version, string current, Exception exception);
    }
}
