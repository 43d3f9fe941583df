using System.Net.WebSockets;
using System.Text;

namespace Breakwater.Adapters.Feeds;

/// <summary>How a message of a stream ended.</summary>
internal enum FrameKind
{
    /// <summary>A whole text.</summary>
    Text,

    /// <summary>Not a text.</summary>
    Binary,

    /// <summary>Longer than the limit; its first bytes are kept.</summary>
    TooLarge,

    /// <summary>The venue closes the connection.</summary>
    Closed,
}

/// <summary>One message of a stream.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Bytes">Its bytes, up to the limit.</param>
/// <param name="Length">Bytes in all.</param>
internal readonly record struct VenueFrame(FrameKind Kind, ReadOnlyMemory<byte> Bytes, long Length);

/// <summary>A WebSocket that receives whole messages of bounded length.</summary>
internal sealed class VenueSocket : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly int _messageBytesMax;

    private VenueSocket(int messageBytesMax) => _messageBytesMax = messageBytesMax;

    /// <summary>Connects.</summary>
    /// <param name="address">Address of the stream.</param>
    /// <param name="settings">Limits.</param>
    /// <param name="time">Clock of the limits.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="Exception">There is no connection; see <see cref="IsLoss"/>.</exception>
    internal static async Task<VenueSocket> ConnectAsync(
        Uri address, LinkSettings settings, TimeProvider time, CancellationToken cancel)
    {
        VenueSocket socket = new(settings.MessageBytesMax);
        try
        {
            using CancellationTokenSource limit = new(settings.OpenMax, time);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
            await socket._socket.ConnectAsync(address, either.Token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an exception means that the connection is lost or was not made.</summary>
    /// <param name="exception">The exception.</param>
    internal static bool IsLoss(Exception exception) =>
        exception is WebSocketException or IOException or System.Net.Http.HttpRequestException
            or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException;

    /// <summary>Receives one message; of one that is too long the rest is read and dropped.</summary>
    /// <param name="cancel">Ends the connection.</param>
    internal async Task<VenueFrame> ReceiveAsync(CancellationToken cancel)
    {
        using MemoryStream whole = new();
        long length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part =
                await _socket.ReceiveAsync(_buffer.AsMemory(), cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return new VenueFrame(FrameKind.Closed, default, 0);
            }

            length += part.Count;
            whole.Write(_buffer, 0, (int)Math.Min(part.Count, _messageBytesMax - whole.Length));
            if (part.EndOfMessage)
            {
                FrameKind kind = length > _messageBytesMax ? FrameKind.TooLarge
                    : part.MessageType == WebSocketMessageType.Text ? FrameKind.Text : FrameKind.Binary;
                return new VenueFrame(kind, whole.ToArray(), length);
            }
        }
    }

    /// <summary>Sends a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancel">Ends the connection.</param>
    internal Task SendAsync(string text, CancellationToken cancel) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
    }
}
