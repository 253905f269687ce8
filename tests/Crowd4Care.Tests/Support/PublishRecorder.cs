using System.Collections.Concurrent;
using MassTransit;

namespace Crowd4Care.Tests.Support;

/// <summary>Keeps what was published on a bus, or sent to one of its queues. Unlike the harness it doesn't wait for more.</summary>
internal sealed class PublishRecorder : IPublishObserver, ISendObserver
{
    private readonly ConcurrentQueue<object> messages = new();

    public IReadOnlyList<T> Of<T>()
        where T : class => [.. messages.OfType<T>()];

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class
    {
        messages.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;

    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostSend<T>(SendContext<T> context)
        where T : class
    {
        messages.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
