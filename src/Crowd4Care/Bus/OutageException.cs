namespace Crowd4Care.Bus;

/// <summary>
/// Thrown by a consumer after it has stored what is to be done later: the message itself is done with, but what the queue leads to is out of
/// reach. It is not tried again and leaves no failed message behind; the kill switch of the queue counts it.
/// </summary>
public sealed class OutageException(string message) : Exception(message);
