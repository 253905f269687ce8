using Microsoft.Extensions.Options;

namespace Crowd4Care.Classification;

/// <summary>The model that is shipped with the product: live while no other is, and what everything can go back to.</summary>
public sealed class ShippedModel(IOptions<ClassificationOptions> options)
{
    /// <summary>Scores with it.</summary>
    public LinearClassifier Classifier { get; } = LinearClassifier.Shipped(options.Value.ReadSentences);

    /// <summary>Its version.</summary>
    public string Version => Classifier.ModelVersion;
}
