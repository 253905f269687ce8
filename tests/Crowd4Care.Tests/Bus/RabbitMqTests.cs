using Crowd4Care.Bus;
using Crowd4Care.Contracts;
using Crowd4Care.Engagement;
using Crowd4Care.Ingestion;
using Crowd4Care.Mentions;
using Crowd4Care.Tests.Support;
using MassTransit;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Crowd4Care.Tests.Bus;

/// <summary>The whole pipeline over a real broker; each test has its own names on it.</summary>
[Category("RabbitMQ")]
public sealed class RabbitMqTests
{
    private static readonly string[] Queues = ["classify-mentions", "route-mentions", "offer-mentions", "set-ignorers-away", "send-reply-bluesky", "send-reply-scripted"];

    private TempFolder folder = null!;
    private string prefix = "";

    [SetUp]
    public void Begin()
    {
        _ = BusHost.Broker;
        folder = new TempFolder();
        prefix = $"test-{Some.Id():N}";
    }

    [TearDown]
    public async Task CleanAsync()
    {
        await OnBrokerAsync(async channel =>
        {
            foreach (var queue in Queues.SelectMany(q => new[] { q, $"{q}_error", $"{q}_skipped" }))
            {
                await channel.QueueDeleteAsync($"{prefix}-{queue}");
                await channel.ExchangeDeleteAsync($"{prefix}-{queue}");
            }
        });
        folder.Dispose();
    }

    [Test]
    public async Task Every_queue_is_a_quorum_queue_with_a_delivery_limit()
    {
        await using var host = await StartAsync();
        await host.ReadyAsync();

        foreach (var queue in Queues)
        {
            await DeclareAsync(queue, "quorum", 20);
            var other = Assert.ThrowsAsync<OperationInterruptedException>(() => DeclareAsync(queue, "quorum", 21));
            Assert.That(other!.Message, Does.Contain("x-delivery-limit"));
        }
    }

    [Test]
    public async Task Every_queue_of_ours_is_known_whatever_the_roles()
    {
        await using var host = await StartAsync(ProcessRoles.Web);

        Assert.That(host.Get<IEnumerable<WorkQueues>>().SelectMany(q => q.Names), Is.EquivalentTo(Queues));
    }

    [Test]
    public async Task Mentions_go_their_way_through_processes_of_one_role_each()
    {
        await using var classify = await StartAsync(ProcessRoles.Classify);
        await using var route = await StartAsync(ProcessRoles.Route);
        await using var web = await StartAsync(ProcessRoles.Web);
        await classify.ReadyAsync();
        await route.ReadyAsync();

        var stored = (await web.Get<Intake>().StoreAsync(CrowdDriver.Brand, [.. Enumerable.Range(0, 2_500).Select(_ => Some.Post())])).Stored;

        foreach (var id in stored.Where((_, i) => i % 100 == 0).Append(stored[^1]))
            await web.RoutedAsync(id);
    }

    [Test]
    public async Task A_message_that_comes_again_and_again_changes_nothing()
    {
        await using var host = await StartAsync();
        await host.ReadyAsync();
        var id = (await host.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored.Single();
        await host.RoutedAsync(id);
        var before = await host.Get<Journal>().OfMentionAsync(id);

        var wakeUps = host.Get<WakeUps>();
        await wakeUps.PublishAllAsync(Enumerable.Range(0, 30).Select(_ => new MentionsReceived { MentionIds = [id, id] }));
        await wakeUps.PublishAllAsync(Enumerable.Range(0, 30).Select(_ => new MentionsClassified { MentionIds = [id] }));

        // Another mention behind them in the same queues.
        await host.RoutedAsync((await host.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored.Single());
        Assert.That(await host.Get<Journal>().OfMentionAsync(id), Has.Count.EqualTo(before.Count));
    }

    [Test]
    public async Task Two_copies_share_the_work_and_do_none_of_it_twice()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.ReadyAsync();
        await second.ReadyAsync();

        var stored = (await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => first.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post(), Some.Post()]))))
            .SelectMany(r => r.Stored).ToList();

        foreach (var id in stored)
        {
            await first.RoutedAsync(id);
            var kinds = (await first.Get<Journal>().OfMentionAsync(id)).Select(e => e.Kind).ToList();
            Assert.That(kinds.Where(k => k is JournalKinds.Received or JournalKinds.Classified or JournalKinds.Opened), Is.Unique);
        }
    }

    [Test]
    public async Task A_network_that_is_away_stops_its_own_queue_and_no_other()
    {
        var away = new AwayNetwork("away");
        var there = new ScriptedNetwork();
        await using var host = await BusHost.StartAsync(folder.FullName, prefix, networks: [away, there]);
        await host.ReadyAsync();
        var agent = await host.AgentAsync();
        await host.ChannelAsync("away");
        await host.ChannelAsync(ScriptedNetwork.NetworkName);

        var waiting = new List<Guid>();
        for (var i = 0; i < 40; i++)
            waiting.Add(await host.ReplyAsync(agent, "away"));
        await Poll.UntilAsync(() => away.Tries >= 5, "the network is tried");
        var posted = await host.ReplyAsync(agent, ScriptedNetwork.NetworkName);
        await Poll.UntilAsync(async () => await host.Get<ReplyStore>().FindAsync(posted), r => r!.State == ReplyState.Posted, "the other network's reply is posted");

        // Those that wait have not been tried: the queue stands still.
        await Poll.UntilAsync(async () => await CountAsync("send-reply-away"), count => count > 10, "replies wait in the queue");
        Assert.That(away.Tries, Is.LessThan(30));
        Assert.That((await host.Get<FailedMessages>().ListAsync()), Is.Empty, "what has a next try is no failed message");
        foreach (var id in waiting.Take(1))
            Assert.That((await host.Get<ReplyStore>().FindAsync(id))!.Error, Is.EqualTo("Nobody answers."));
        await OnBrokerAsync(channel => channel.QueueDeleteAsync($"{prefix}-send-reply-away"));
    }

    [Test]
    public async Task While_the_broker_is_away_people_go_on_working_and_what_they_did_is_routed_later()
    {
        await using var proxy = new TcpProxy(BusHost.Broker);
        proxy.Open();
        await using var host = await StartAsync(broker: proxy.Address);
        await host.ReadyAsync();
        var agent = await host.AgentAsync();
        var first = (await host.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored.Single();
        await host.RoutedAsync(first);

        await proxy.CloseAsync();
        var started = TimeProvider.System.GetTimestamp();
        var second = (await host.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored.Single();
        var claim = await host.Get<ClaimDesk>().ClaimAsync(first, CrowdDriver.Brand, agent.Id, agent.Role);
        Assert.That(claim.Outcome, Is.EqualTo(ClaimOutcome.Claimed));
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(15)), "at most one of them waits for the broker");

        proxy.Open();
        await host.RoutedAsync(second);
    }

    [Test]
    public async Task A_host_starts_before_its_broker_and_works_when_it_comes()
    {
        await using var proxy = new TcpProxy(BusHost.Broker);
        var started = TimeProvider.System.GetTimestamp();
        await using var host = await StartAsync(broker: proxy.Address);
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(20)), "the start does not wait");
        var stored = (await host.Get<Intake>().StoreAsync(CrowdDriver.Brand, [Some.Post()])).Stored.Single();

        await Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System);
        proxy.Open();

        await host.RoutedAsync(stored);
    }

    [Test]
    public async Task Failed_messages_are_shown_replayed_and_discarded()
    {
        var ids = new[] { Some.Id(), Some.Id() };
        await using (var host = await StartAsync(ProcessRoles.Web))
        {
            // As the bus moves a message aside: the queue's own and the queue for what failed.
            await DeclareAsync("classify-mentions", "quorum", 20);
            await DeclareAsync("classify-mentions_error", "quorum", int.MaxValue);
            await OnBrokerAsync(async channel =>
            {
                await channel.ExchangeDeclareAsync($"{prefix}-classify-mentions", "fanout", durable: true);
                await channel.QueueBindAsync($"{prefix}-classify-mentions", $"{prefix}-classify-mentions", "");
                foreach (var id in ids)
                {
                    await channel.BasicPublishAsync(
                        "", $"{prefix}-classify-mentions_error", mandatory: true,
                        new BasicProperties
                        {
                            Persistent = true,
                            MessageId = id.ToString(),
                            Headers = new Dictionary<string, object?> { ["MT-Fault-Message"] = "The disk is full.", ["MT-Fault-ExceptionType"] = "System.IO.IOException", ["kept"] = "yes" },
                        },
                        System.Text.Encoding.UTF8.GetBytes($$"""{ "message": { "mentionIds": ["{{id}}"] } }"""));
                }
            });
            var failed = host.Get<FailedMessages>();

            // Looking changes nothing, however often.
            for (var i = 0; i < 30; i++)
                await failed.ListAsync();
            var queue = (await failed.ListAsync()).Single();
            Assert.That((queue.Name, queue.Count), Is.EqualTo(("classify-mentions_error", 2)));
            Assert.That(queue.Newest.Select(m => m.Ids.Single()), Is.EquivalentTo(ids));
            Assert.That(queue.Newest[0].Reason, Is.EqualTo("System.IO.IOException: The disk is full."));

            Assert.That(await failed.ReplayAsync("classify-mentions_error"), Is.EqualTo(2));
            Assert.That(await failed.ListAsync(), Is.Empty);
            await OnBrokerAsync(async channel =>
            {
                var back = (await channel.BasicGetAsync($"{prefix}-classify-mentions", autoAck: true))!;
                Assert.That(back.BasicProperties.MessageId, Is.EqualTo(ids[0].ToString()));
                Assert.That(back.BasicProperties.Headers!.Keys, Has.Member("kept").And.None.StartsWith("MT-"));
                Assert.That(await channel.MessageCountAsync($"{prefix}-classify-mentions"), Is.EqualTo(1));
                await channel.BasicPublishAsync("", $"{prefix}-classify-mentions_error", back.Body);
            });

            await Poll.UntilAsync(async () => await failed.DiscardAsync("classify-mentions_error"), count => count == 1, "the message is thrown away");
            Assert.That(await failed.ListAsync(), Is.Empty);
            Assert.That(await failed.ReplayAsync("route-mentions_error"), Is.Null, "a queue that is not there");
            Assert.That(await failed.ReplayAsync("somebody-elses_error"), Is.Null, "a queue that is not ours");
        }
    }

    [Test]
    public async Task What_a_consumer_can_not_do_is_found_among_the_failed_messages()
    {
        await using var host = await StartAsync();
        await host.ReadyAsync();
        var id = Some.Id();
        // The text of no message of ours: it can't be read, so it is not tried again.
        await OnBrokerAsync(channel => channel.BasicPublishAsync(
            $"{prefix}-route-mentions", "", mandatory: true,
            new BasicProperties { ContentType = "application/vnd.masstransit+json" },
            System.Text.Encoding.UTF8.GetBytes($$"""{ "messageType": ["urn:message:Crowd4Care.Contracts:MentionsClassified"], "message": { "mentionIds": ["{{id}}", "no id"] } }""")).AsTask());

        var failed = await Poll.UntilAsync(async () => await host.Get<FailedMessages>().ListAsync(), f => f.Count > 0, "the failed message");
        // What can't be read may lie among the skipped, too: no consumer was found for it.
        Assert.That(failed.Select(f => f.Name).ToList(), Does.Contain("route-mentions_error"));
        await DeclareAsync("route-mentions_error", "quorum", int.MaxValue);
    }

    private Task<BusHost> StartAsync(ProcessRoles roles = ProcessRoles.All, Uri? broker = null, Action<IBusRegistrationConfigurator>? more = null) =>
        BusHost.StartAsync(folder.FullName, prefix, roles, broker, [new ScriptedNetwork()], more);

    private Task DeclareAsync(string queue, string type, int deliveryLimit) => OnBrokerAsync(channel => channel.QueueDeclareAsync(
        $"{prefix}-{queue}", durable: true, exclusive: false, autoDelete: false,
        new Dictionary<string, object?> { ["x-queue-type"] = type, ["x-delivery-limit"] = deliveryLimit }));

    private async Task<uint> CountAsync(string queue)
    {
        uint count = 0;
        await OnBrokerAsync(async channel => count = await channel.MessageCountAsync($"{prefix}-{queue}"));
        return count;
    }

    private static async Task OnBrokerAsync(Func<IChannel, Task> work)
    {
        await using var connection = await new ConnectionFactory { Uri = BusHost.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }
}
