using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Breakwater.Instruments;

namespace Breakwater.Server;

/// <summary>The address of a server, taken before anything else is begun: an address that cannot be had leaves no
/// journal behind. It is bound and does not listen: clients are refused until the server answers them.</summary>
internal sealed class TakenAddress : IDisposable
{
    private readonly IPEndPoint _asked;

    private TakenAddress(IPEndPoint asked, Socket socket)
    {
        _asked = asked;
        Socket = socket;
    }

    /// <summary>The socket that is bound to it.</summary>
    internal Socket Socket { get; }

    /// <summary>Takes the address of a server.</summary>
    /// <param name="options">Where.</param>
    /// <returns>The address, or why it cannot be had.</returns>
    internal static Result<TakenAddress> Take(ServerOptions options)
    {
        IPEndPoint asked = new(options.Address, options.Port);
        Socket? socket = null;
        try
        {
            socket = new Socket(asked.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            // Every address of this machine, in both families, as the hosting library would take it.
            if (options.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(asked);
            TakenAddress taken = new(asked, socket);
            socket = null;
            return Result<TakenAddress>.Accepted(taken);
        }
        catch (SocketException exception)
        {
            return Result<TakenAddress>.Refused(Refusal(asked, exception));
        }
        finally
        {
            socket?.Dispose();
        }
    }

    /// <summary>Why the server cannot listen, in words of whoever chose the address.</summary>
    /// <param name="exception">What the system says.</param>
    internal Failure Refusal(SocketException exception) => Refusal(_asked, exception);

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    private static Failure Refusal(IPEndPoint asked, SocketException exception)
    {
        (FailureReason reason, string why) = exception.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => (FailureReason.InUse, "another process listens there: --port"),
            SocketError.AddressNotAvailable => (FailureReason.Unknown, "this machine has no such address: --listen"),
            SocketError.AccessDenied => (FailureReason.Unavailable, "the system does not let this user listen there"),
            _ => (FailureReason.Unavailable, exception.Message),
        };
        return new Failure(reason, why, Value: string.Create(CultureInfo.InvariantCulture, $"{asked}"));
    }
}
