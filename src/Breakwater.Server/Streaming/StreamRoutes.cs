using System.Net.WebSockets;
using Breakwater.Instruments;
using Breakwater.Server.Access;
using Breakwater.Server.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Breakwater.Server.Streaming;

/// <summary>The stream, as server-sent events and over a WebSocket.</summary>
internal static class StreamRoutes
{
    private const int MessagesAtOnce = 64;
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WriteMax = TimeSpan.FromSeconds(10); // a socket that takes nothing is given up

    /// <summary>Adds the routes.</summary>
    internal static void Map(IEndpointRouteBuilder routes, StreamHub hub, CancellationToken stopping)
    {
        routes.MapGet("/v1/stream", (HttpContext context, CancellationToken _) => EventsAsync(context, hub, stopping))
            .Needs(Scope.Read).DisableRequestTimeout()
            .WithSummary("Server-sent events: snapshot, then changes; Last-Event-ID resumes.");
        routes.MapGet("/v1/ws", (HttpContext context, CancellationToken _) => SocketAsync(context, hub, stopping))
            .Needs(Scope.Read).DisableRequestTimeout().WithSummary("The same over a WebSocket; ?after=ID resumes.");
    }

    private static async Task<IResult> EventsAsync(HttpContext context, StreamHub hub, CancellationToken stopping)
    {
        if (Join(context, hub, context.Request.Headers["Last-Event-ID"]) is not { } client) return Refused(context);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false); // it is open, if quiet
        await SendAsync(
            client, hub, CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping),
            async (message, cancel) =>
            {
                await context.Response.Body.WriteAsync(
                    message is null ? ": alive\n\n"u8.ToArray() : message.ToEvent(), cancel).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(cancel).ConfigureAwait(false);
            }).ConfigureAwait(false);
        if (client.IsTooSlow) context.Abort();
        return Results.Empty;
    }

    private static async Task<IResult> SocketAsync(HttpContext context, StreamHub hub, CancellationToken stopping)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Problem.Of(
                new Failure(FailureReason.Malformed, "no WebSocket request", Limit: "Upgrade: websocket"));
        }

        if (!IsOwnOrigin(context.Request))
        {
            return Problem.Of(new Failure(FailureReason.Unauthorised, "the page is of another origin"));
        }

        if (Join(context, hub, context.Request.Query["after"]) is not { } client) return Refused(context);
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        using CancellationTokenSource gone =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        Task listening = ListenAsync(socket, gone);
        await SendAsync(client, hub, gone, (message, cancel) => message is null
            ? Task.CompletedTask
            : socket.SendAsync(message.ToFrame(), WebSocketMessageType.Text, endOfMessage: true, cancel))
            .ConfigureAwait(false);
        if (client.IsTooSlow) context.Abort();
        await gone.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        return Results.Empty;
    }

    private static StreamClient? Join(HttpContext context, StreamHub hub, string? after)
    {
        Topics topics = Topics.None;
        foreach (string name in context.Request.Query["topics"].ToString().Split(',', 16))
        {
            topics |= name switch
            {
                "market" => Topics.Market,
                "margin" => Topics.Margin,
                "action" => Topics.Action,
                "report" => Topics.Report,
                "" => Topics.All,
                _ => Topics.None,
            };
        }

        return hub.Join(
            Caller.KeyOf(context), topics, StreamPlace.TryParse(after, out StreamPlace known) ? known : null);
    }

    private static IResult Refused(HttpContext context) => Problem.Of(
        new Failure(
            FailureReason.Unavailable, "too many clients of the stream", Value: Caller.KeyOf(context).Name,
            Limit: $"{StreamHub.ClientsOfKeyMax} of a key, {StreamHub.ClientsMax} in all"),
        StatusCodes.Status429TooManyRequests);

    // A page of another site must not use a browser's connection; programs send no origin.
    private static bool IsOwnOrigin(HttpRequest request)
    {
        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || string.Equals(
            origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static async Task SendAsync(
        StreamClient client, StreamHub hub, CancellationTokenSource gone,
        Func<StreamMessage?, CancellationToken, Task> send)
    {
        try
        {
            while (true)
            {
                StreamWait waited = await client.WaitAsync(SignOfLife, gone.Token).ConfigureAwait(false);
                if (waited == StreamWait.Ended) break;
                List<StreamMessage> messages = client.Take(MessagesAtOnce);
                using CancellationTokenSource late = CancellationTokenSource.CreateLinkedTokenSource(gone.Token);
                late.CancelAfter(WriteMax);
                if (waited == StreamWait.Quiet) await send(null, late.Token).ConfigureAwait(false);
                foreach (StreamMessage message in messages) await send(message, late.Token).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or WebSocketException)
        {
            // The client has gone, takes nothing, or the server stops: in each case there is nothing more to send.
        }
        finally
        {
            hub.Leave(client);
        }
    }

    // Clients have nothing to say; a message, or the end of the connection, ends it.
    private static async Task ListenAsync(WebSocket socket, CancellationTokenSource gone)
    {
        try
        {
            WebSocketReceiveResult received =
                await socket.ReceiveAsync(new byte[256], gone.Token).ConfigureAwait(false);
            WebSocketCloseStatus status = received.MessageType == WebSocketMessageType.Close
                ? WebSocketCloseStatus.NormalClosure
                : WebSocketCloseStatus.PolicyViolation;
            await socket.CloseOutputAsync(status, null, gone.Token).ConfigureAwait(false);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or WebSocketException)
        {
            // It ends in any case.
        }

        await gone.CancelAsync().ConfigureAwait(false);
    }
}
