using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>An answer to a request for a document.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The document.</param>
/// <param name="RetryAfterSeconds">How long to wait; <c>null</c> if not said.</param>
internal sealed record Document(int Status, string Body, int? RetryAfterSeconds = null);

/// <summary>A server of WebSockets and documents on this machine alone, that stops by itself.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly TimeSpan LifeMax = TimeSpan.FromMinutes(2);

    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _stop = new(LifeMax);
    private readonly Func<WebSocket, CancellationToken, Task> _serve;
    private readonly Func<Uri, Task<Document>> _document;
    private readonly List<Task> _running = [];
    private readonly Task _loop;

    internal LoopbackServer(Func<WebSocket, CancellationToken, Task> serve, Func<Uri, Task<Document>> document)
    {
        _serve = serve;
        _document = document;
        Authority = Listen();
        _loop = Task.Run(AcceptAsync);
    }

    /// <summary>Host and port.</summary>
    internal string Authority { get; }

    /// <summary>Ends when the server does.</summary>
    internal CancellationToken Stopped => _stop.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await Task.WhenAny(Task.WhenAll([_loop, .. _running]), Task.Delay(TimeSpan.FromSeconds(5)));
        _stop.Dispose();
    }

    /// <summary>Sends a text; whether the connection still took it.</summary>
    internal static async Task<bool> SendAsync(
        WebSocket socket, ReadOnlyMemory<byte> bytes, WebSocketMessageType type, CancellationToken cancel)
    {
        try
        {
            await socket.SendAsync(bytes, type, endOfMessage: true, cancel);
            return true;
        }
        catch (Exception exception) when (IsOver(exception))
        {
            return false;
        }
    }

    /// <summary>Receives a text; <c>null</c> when the connection is over.</summary>
    internal static async Task<string?> ReceiveAsync(WebSocket socket, CancellationToken cancel)
    {
        byte[] buffer = new byte[64 * 1024];
        using MemoryStream whole = new();
        try
        {
            while (true)
            {
                WebSocketReceiveResult part = await socket.ReceiveAsync(buffer, cancel);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                whole.Write(buffer, 0, part.Count);
                if (part.EndOfMessage)
                {
                    return Encoding.UTF8.GetString(whole.ToArray());
                }
            }
        }
        catch (Exception exception) when (IsOver(exception))
        {
            return null;
        }
    }

    private static bool IsOver(Exception exception) =>
        exception is WebSocketException or IOException or ObjectDisposedException or OperationCanceledException
            or HttpListenerException or InvalidOperationException;

    // A free port may be taken before we listen on it: then the next one is tried.
    private string Listen()
    {
        for (int attempt = 0; attempt < 20; attempt++)
        {
            using TcpListener probe = new(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            string authority = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://{authority}/");
            try
            {
                _listener.Start();
                return authority;
            }
            catch (HttpListenerException)
            {
                // taken meanwhile
            }
        }

        throw new InvalidOperationException("no port is free");
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _running.Add(Task.Run(() => AnswerAsync(context)));
            }
            catch (Exception exception) when (IsOver(exception))
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.IsWebSocketRequest)
            {
                HttpListenerWebSocketContext accepted = await context.AcceptWebSocketAsync(subProtocol: null);
                using WebSocket socket = accepted.WebSocket;
                await _serve(socket, _stop.Token);
                return;
            }

            Document document = await _document(context.Request.Url!);
            byte[] body = Encoding.UTF8.GetBytes(document.Body);
            context.Response.StatusCode = document.Status;
            if (document.RetryAfterSeconds is { } seconds)
            {
                context.Response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await context.Response.OutputStream.WriteAsync(body, _stop.Token);
            context.Response.Close();
        }
        catch (Exception exception) when (IsOver(exception))
        {
            // the client has gone
        }
    }
}
