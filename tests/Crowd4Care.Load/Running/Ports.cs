using System.Net;
using System.Net.Sockets;

namespace Crowd4Care.Load.Running;

/// <summary>Ports for servers that must come back at the same place after they were killed.</summary>
internal static class Ports
{
    // Below the range that the kernel gives to outgoing connections: nobody gets it while the server is down.
    private const int First = 20_000;
    private const int Count = 12_000;

    /// <summary>A port on loopback that nobody listens on.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = First + Random.Shared.Next(Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
