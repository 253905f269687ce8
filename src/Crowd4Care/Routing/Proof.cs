using System.Globalization;

namespace Crowd4Care.Routing;

/// <summary>
/// Proves that a conjunction never holds, or that it implies another. It never proves what is not so; what it doesn't prove may be so
/// nevertheless. When its work is used up it proves nothing more.
/// </summary>
internal sealed class Proof
{
    private const int Work = 10_000_000;

    private int left = Work;

    /// <summary>Why these can never hold together; null where that is not proved.</summary>
    public string? Never(List<Atom> atoms)
    {
        for (var i = 0; i < atoms.Count; i++)
        {
            if (Alone(atoms[i]) is { } alone)
                return alone;
            for (var j = 0; j < i && left > 0; j++)
            {
                if (Together(atoms[i], atoms[j]) is { } together)
                    return together;
            }
        }

        foreach (var atom in atoms.Where(a => a is NoneOf or AnyOf))
        {
            if (!Spend(atoms.Count))
                return null;
            if (atom is NoneOf denied && ImpliesAll(Without(atoms, atom), denied.Atoms))
                return "it demands what it denies";
            if (atom is AnyOf any && any.Alternatives.TrueForAll(one => Never([.. Without(atoms, atom), .. one]) is not null))
                return "none of its alternatives can";
        }

        return null;
    }

    /// <summary>Whether all of these hold wherever the context does.</summary>
    public bool ImpliesAll(List<Atom> context, List<Atom> wanted) => wanted.TrueForAll(one => Spend(1) && Implies(context, one));

    private bool Implies(List<Atom> context, Atom wanted) =>
        context.Exists(known => Implies(known, wanted)) || wanted switch
        {
            AnyOf any => any.Alternatives.Exists(one => ImpliesAll(context, one)),
            NoneOf denied => Never([.. context, .. denied.Atoms]) is not null,
            _ => false,
        };

    private bool Implies(Atom known, Atom wanted) => Spend(1) && (known, wanted) switch
    {
        (Fact a, Fact b) => a == b,
        (Values a, Values b) => a.What == b.What && Spend(a.Among.Count) && a.Among.IsSubsetOf(b.Among),
        (Least a, Least b) => a.What == b.What && a.Number >= b.Number,
        (Under a, Under b) => a.What == b.What && a.Number <= b.Number,
        (Words a, Words b) => Spend(a.Phrases.Count) && a.Phrases.IsSubsetOf(b.Phrases),
        (AnyOf a, _) => a.Alternatives.TrueForAll(one => Implies(one, wanted)),
        _ => false,
    };

    private static string? Alone(Atom atom) => atom switch
    {
        Values { Among.Count: 0 } values => $"{values.What} is not on an empty list",
        Under { What: Atom.Turns, Number: <= 1 } => $"{Atom.Turns} is 1 at least",
        Under { Number: <= 0 } under => $"{under.What} is 0 at least",
        _ => null,
    };

    private string? Together(Atom one, Atom other)
    {
        if (!Spend(1))
            return null;

        return (one, other) switch
        {
            (Fact a, Fact b) when a.What == b.What && a.Value != b.Value => $"it demands and denies {a.What}",
            (Values a, Values b) when a.What == b.What && Spend(a.Among.Count + b.Among.Count) && !a.Among.Overlaps(b.Among) => $"{a.What} can't be two things at once",
            (Least a, Under b) when a.What == b.What && a.Number >= b.Number => Between(a, b),
            (Under b, Least a) when a.What == b.What && a.Number >= b.Number => Between(a, b),
            _ => null,
        };
    }

    private static string Between(Least least, Under under) =>
        string.Create(CultureInfo.InvariantCulture, $"{least.What} can't be {least.Number} at least and below {under.Number}");

    private static List<Atom> Without(List<Atom> atoms, Atom one) => atoms.FindAll(a => !ReferenceEquals(a, one));

    private bool Spend(int work) => left > 0 && (left -= work) > 0;
}
