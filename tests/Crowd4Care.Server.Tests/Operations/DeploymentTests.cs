using System.Reflection;
using System.Text.RegularExpressions;
using Crowd4Care.Server.Commands;
using Crowd4Care.Server.Tests.TestBed;
using YamlDotNet.RepresentationModel;

namespace Crowd4Care.Server.Tests.Operations;

/// <summary>What containers, Kubernetes and systemd are told is what the program understands.</summary>
public sealed partial class DeploymentTests
{
    private const string Port = "8080";
    private static readonly string[] Roles = ["web", "ingest", "classify", "route", "reply"];

    // Keys that are no property of an options class.
    private static readonly string[] Others = ["SecretsDirectory", "urls", "Roles"];

    [Test]
    public void Every_role_is_deployed_once_everywhere() => Assert.Multiple(() =>
    {
        Assert.That(Deployments().Select(RoleOf), Is.EquivalentTo(Roles));
        Assert.That(Services().Where(s => s.Value.At("command").Texts().Contains("--roles")).Select(s => s.Key), Is.EquivalentTo(Roles));
        foreach (var (name, service) in Services().Where(s => Roles.Contains(s.Key)))
            Assert.That(service.At("command").Texts(), Is.EqualTo(new[] { "serve", "--roles", name, "--urls", $"http://*:{Port}" }));
        foreach (var deployment in Deployments())
            Assert.That(Container(deployment).At("args").Texts(), Is.EqualTo(new[] { "serve", "--roles", RoleOf(deployment), "--urls", $"http://*:{Port}" }));
    });

    [Test]
    public async Task Every_command_that_is_run_exists()
    {
        var run = Services().Select(s => s.Value.At("command").Texts()).Where(c => c.Count > 0 && c[0] is not ("postgres" or "redis-server"))
            .Concat(Pods().Select(p => Container(p).At("args").Texts()));
        Assert.That(run.Select(c => c[0]).Distinct(), Is.EquivalentTo(new[] { "serve", "migrate" }));
        foreach (var command in new[] { "serve", "migrate", "backup", "restore" })
            Assert.That(await CommandLine.RunAsync([command, "--help"]), Is.Zero, command);
    }

    [Test]
    public void Every_setting_is_one_that_the_program_has()
    {
        var known = KnownKeys();
        var set = ConfigurationFiles().SelectMany(file => Setting().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), Key: m.Groups["key"].Value)))
            .Concat(SecretKeys().Select(key => (File: "secrets", Key: key)))
            .Select(s => (s.File, Key: s.Key.Replace("__", ":", StringComparison.Ordinal)))
            .ToList();

        Assert.That(set, Has.Count.GreaterThan(20));
        Assert.That(set.Where(s => !known.Contains(s.Key) && !s.Key.StartsWith("Logging:", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Probes_ask_what_is_answered_where_it_is_answered() => Assert.Multiple(() =>
    {
        foreach (var deployment in Deployments())
        {
            var container = Container(deployment);
            Assert.That(container.At("ports").Items().Single().At("containerPort").Text(), Is.EqualTo(Port));
            Assert.That(container.At("livenessProbe", "httpGet", "path").Text(), Is.EqualTo("/health/live"));
            Assert.That(container.At("startupProbe", "httpGet", "path").Text(), Is.EqualTo("/health/live"));
            Assert.That(container.At("readinessProbe", "httpGet", "path").Text(), Is.EqualTo("/health/ready"));
        }

        Assert.That(File.ReadAllText(Repository.Of("ops", "container", "healthy")), Does.Contain("/health/live").And.Contain(Port));
        Assert.That(File.ReadAllText(Repository.Of("ops", "container", "Dockerfile")), Does.Contain($"EXPOSE {Port}").And.Contain("HEALTHCHECK").And.Contain("USER $APP_UID"));
    });

    [Test]
    public void Every_pod_runs_without_rights_on_a_read_only_root() => Assert.Multiple(() =>
    {
        foreach (var pod in Pods())
        {
            Assert.That(pod.At("spec", "template", "spec", "securityContext", "runAsNonRoot").Text(), Is.EqualTo("true"));
            var container = Container(pod);
            Assert.That(container.At("securityContext", "readOnlyRootFilesystem").Text(), Is.EqualTo("true"));
            Assert.That(container.At("securityContext", "allowPrivilegeEscalation").Text(), Is.EqualTo("false"));
            Assert.That(container.At("resources", "limits", "memory").Text(), Is.Not.Null);
        }

        foreach (var (name, service) in Services().Where(s => s.Value.At("image").Text() == "crowd4care"))
            Assert.That(service.At("read_only").Text(), Is.EqualTo("true"), name);
    });

    [Test]
    public void What_selects_pods_finds_some() => Assert.Multiple(() =>
    {
        var manifests = Yaml.Manifests();
        var roles = Deployments().Select(RoleOf).ToList();
        foreach (var budget in manifests.Where(m => m.At("kind").Text() == "PodDisruptionBudget"))
            Assert.That(roles, Has.Member(budget.At("spec", "selector", "matchLabels", "role").Text()));
        foreach (var scaler in manifests.Where(m => m.At("kind").Text() == "HorizontalPodAutoscaler"))
            Assert.That(roles, Has.Member(scaler.At("spec", "scaleTargetRef", "name").Text()));
        Assert.That(manifests.Single(m => m.At("kind").Text() == "Service").At("spec", "selector", "role").Text(), Is.EqualTo("web"));
        var resources = manifests.Single(m => m.At("kind").Text() == "Kustomization").At("resources").Texts();
        Assert.That(resources.Where(r => !File.Exists(Repository.Of("ops", "kubernetes", r))), Is.Empty);
    });

    private static List<YamlNode> Deployments() => [.. Yaml.Manifests().Where(m => m.At("kind").Text() == "Deployment")];

    private static List<YamlNode> Pods() => [.. Yaml.Manifests().Where(m => m.At("kind").Text() is "Deployment" or "Job")];

    private static YamlNode Container(YamlNode workload) => workload.At("spec", "template", "spec", "containers").Items().Single();

    private static string RoleOf(YamlNode deployment) => deployment.At("spec", "template", "metadata", "labels", "role").Text()!;

    private static List<(string Key, YamlNode Value)> Services() => [.. Yaml.Of("ops", "container", "compose.yaml").At("services").Pairs()];

    private static IEnumerable<string> SecretKeys() =>
        Yaml.Manifests().Where(m => m.At("kind").Text() == "Secret").SelectMany(m => m.At("stringData").Pairs().Select(p => p.Key))
            .Concat(Yaml.Of("ops", "container", "compose.yaml").At("secrets").Pairs().Select(p => p.Key).Where(k => k.Contains("__", StringComparison.Ordinal)));

    private static IEnumerable<string> ConfigurationFiles() =>
        new[] { "container", "kubernetes", "systemd" }.SelectMany(folder => Directory.EnumerateFiles(Repository.Of("ops", folder))).Append(Repository.Of("ops", "up"));

    // Section and property of every options class.
    private static HashSet<string> KnownKeys() =>
    [
        .. Others,
        .. new[] { typeof(CrowdServices).Assembly, typeof(CommandLine).Assembly }.SelectMany(a => a.GetTypes())
            .Select(type => (Type: type, Section: type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string))
            .Where(options => options.Section is not null)
            .SelectMany(options => options.Type.GetProperties().Where(p => p.CanWrite).Select(p => $"{options.Section}:{p.Name}")),
    ];

    [GeneratedRegex(@"CROWD4CARE__(?<key>[A-Za-z_]+)")]
    private static partial Regex Setting();
}
