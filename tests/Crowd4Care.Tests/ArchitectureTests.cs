using System.Text.RegularExpressions;
using Crowd4Care.Tests.Support;

namespace Crowd4Care.Tests;

/// <summary>The module table of <c>src/README.md</c> is the law; this reads it and the sources.</summary>
public sealed partial class ArchitectureTests
{
    private const string Source = "src/Crowd4Care";

    private static readonly Dictionary<string, string> OwnerOfTable = new()
    {
        ["schema_versions"] = "Storage", ["leases"] = "Storage", ["data_protection_keys"] = "Storage",
        ["channels"] = "Networks", ["channel_cursors"] = "Networks", ["channel_parts"] = "Networks", ["channel_posts"] = "Networks",
        ["mentions"] = "Mentions", ["journal"] = "Mentions", ["offers"] = "Mentions", ["waiting"] = "Mentions", ["journal_readers"] = "Mentions",
        ["questions"] = "Mentions", ["mention_words"] = "Mentions", ["mention_numbers"] = "Mentions",
        ["scores"] = "Classification", ["corrections"] = "Classification", ["models"] = "Classification", ["trainings"] = "Classification", ["brand_heads"] = "Classification", ["brand_head_models"] = "Classification",
        ["rule_sets"] = "Routing", ["decisions"] = "Routing",
        ["replies"] = "Engagement", ["drafts"] = "Engagement", ["templates"] = "Engagement", ["knowledge_links"] = "Engagement",
        ["notes"] = "Escalation", ["note_names"] = "Escalation", ["duplicates"] = "Escalation",
        ["brands"] = "Community", ["people"] = "Community", ["skills"] = "Community", ["api_keys"] = "Community", ["setup_links"] = "Community",
        ["points"] = "Community", ["skill_outcomes"] = "Community", ["skill_evidence"] = "Community", ["outcome_lines"] = "Community",
    };

    // A deleted post leaves nothing: what is told of its words goes in the same transaction.
    private static readonly (string File, string Table)[] WritesOfOthers = [("Mentions/MentionLifecycle.cs", "scores"), ("Mentions/MentionLifecycle.cs", "corrections"), ("Mentions/MentionLifecycle.cs", "drafts")];

    private static readonly IReadOnlyList<SourceFile> Files = ReadSources();
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> MayUse = ReadModuleTable();

    [Test]
    public void Modules_use_no_modules_but_those_that_the_table_allows()
    {
        var others = Files.Where(f => f.Module.Length > 0)
            .SelectMany(f => Used(f.Text).Where(used => used != f.Module && !MayUse.GetValueOrDefault(f.Module, []).Contains(used)).Select(used => $"{f.Path} uses {used}"));
        Assert.That(others, Is.Empty);
    }

    [Test]
    public void Every_folder_is_in_the_table_and_every_module_is_a_folder() =>
        Assert.That(Files.Select(f => f.Module).Where(m => m.Length > 0).Distinct(), Is.EquivalentTo(MayUse.Keys));

    [Test]
    public void The_table_allows_only_what_there_is()
    {
        string[] known = [.. MayUse.Keys, "Crowd4Care.Language"];
        Assert.That(MayUse.Values.SelectMany(used => used).Except(known), Is.Empty);
    }

    [Test]
    public void No_two_modules_use_each_other()
    {
        var circles = MayUse.SelectMany(m => m.Value.Where(used => MayUse.TryGetValue(used, out var back) && back.Contains(m.Key)).Select(used => $"{m.Key} and {used}"));
        Assert.That(circles, Is.Empty);
    }

    [Test]
    public void A_file_has_the_namespace_of_its_folder()
    {
        var strangers = Files.Where(f => !f.Text.Contains($"namespace {NamespaceOf(f.Path)};", StringComparison.Ordinal)).Select(f => f.Path);
        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void Only_the_life_cycle_changes_a_mentions_status()
    {
        var writers = Files.Where(f => MentionUpdate().Matches(f.Text).Any(m => StatusColumn().IsMatch(m.Value))).Select(f => f.Path);
        Assert.That(writers, Is.EqualTo(new[] { "Mentions/MentionLifecycle.cs" }));
    }

    [Test]
    public void Only_the_store_makes_mentions()
    {
        var writers = Files.Where(f => f.Text.Contains("INSERT INTO mentions", StringComparison.OrdinalIgnoreCase)).Select(f => f.Path);
        Assert.That(writers, Is.EqualTo(new[] { "Mentions/MentionStore.cs" }));
    }

    [Test]
    public void A_module_writes_only_its_own_tables()
    {
        var strangers = Files
            .SelectMany(f => Writes().Matches(f.Text).Select(m => (f.Path, f.Module, Table: m.Groups["table"].Value)))
            .Where(w => OwnerOfTable.GetValueOrDefault(w.Table) != w.Module && !WritesOfOthers.Contains((w.Path, w.Table)))
            .Select(w => $"{w.Path} writes {w.Table}, which belongs to {OwnerOfTable.GetValueOrDefault(w.Table, "nobody")}");
        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void Every_table_of_the_schema_has_an_owner()
    {
        var sql = string.Concat(Directory.EnumerateFiles(Repository.PathOf("schemas/sql"), "*.sql", SearchOption.AllDirectories).Select(File.ReadAllText));
        var tables = CreateTable().Matches(sql).Select(m => m.Groups["table"].Value).Where(t => !sql.Contains($"DROP TABLE {t};", StringComparison.Ordinal));
        Assert.That(tables.Append("schema_versions").Distinct(), Is.EquivalentTo(OwnerOfTable.Keys));
    }

    [Test]
    public void No_type_has_the_name_of_a_module()
    {
        var named = typeof(CrowdServices).Assembly.GetTypes().Where(t => MayUse.ContainsKey(t.Name)).Select(t => t.FullName);
        Assert.That(named, Is.Empty);
    }

    private static List<SourceFile> ReadSources()
    {
        var root = Repository.PathOf(Source);
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (File: file, Path: Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
                .OrderBy(f => f.Path, StringComparer.Ordinal)
                .Select(f => new SourceFile(f.Path, f.Path.Contains('/', StringComparison.Ordinal) ? f.Path.Split('/')[0] : "", File.ReadAllText(f.File))),
        ];
    }

    // | Module | Does | May use |
    private static Dictionary<string, IReadOnlyList<string>> ReadModuleTable()
    {
        var lines = File.ReadAllLines(Repository.PathOf("src/README.md"));
        var head = Array.FindIndex(lines, line => Cells(line) is ["Module", "Does", "May use"]);
        Assert.That(head, Is.GreaterThanOrEqualTo(0), "src/README.md has no table with the columns Module, Does, May use");
        return lines.Skip(head + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)
            .ToDictionary(cells => cells[0], IReadOnlyList<string> (cells) => [.. cells[2].Split(',', StringSplitOptions.TrimEntries).Where(used => used != "–")]);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];

    private static IEnumerable<string> Used(string text) =>
        Reference().Matches(text).Select(m => m.Groups["module"].Value).Select(used => used == "Language" ? "Crowd4Care.Language" : used).Distinct();

    private static string NamespaceOf(string path) =>
        string.Join('.', new[] { "Crowd4Care" }.Concat(path.Split('/')[..^1]));

    // Also without the first part of the name: every file lies under it.
    [GeneratedRegex(@"\bCrowd4Care\.(?<module>[A-Z]\w*)|(?<![\w.])(?<module>Telemetry|Contracts|Storage|State|Bus|Mentions|Networks|Ingestion|Classification|Routing|Engagement|Escalation|Community|Simulation|Insights)\.[A-Z]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"UPDATE\s+mentions\s+SET\b.*?(?=\bWHERE\b|\bFROM\b|"")", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex MentionUpdate();

    [GeneratedRegex(@"\bstatus\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex StatusColumn();

    [GeneratedRegex(@"\b(INSERT\s+INTO|DELETE\s+FROM)\s+(?<table>\w+)|\bUPDATE\s+(?<table>\w+)\s+SET\b")]
    private static partial Regex Writes();

    [GeneratedRegex(@"CREATE TABLE (IF NOT EXISTS )?(?<table>\w+)")]
    private static partial Regex CreateTable();

    private sealed record SourceFile(string Path, string Module, string Text);
}
