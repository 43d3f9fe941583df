using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Breakwater.Cli.Sieges;

/// <summary>One socket of a siege: opened again whenever the server ends it.</summary>
internal static class SiegeSocket
{
    private static readonly TimeSpan Drip = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500); // between one connection and the next

    /// <summary>Besieges until it is ended.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="opening">What it does.</param>
    /// <param name="tally">Counts what becomes of it.</param>
    /// <param name="end">Ends it.</param>
    internal static async Task RunAsync(Uri address, SiegeOpening opening, SiegeTally tally, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address.Host, address.Port, end).ConfigureAwait(false);
                tally.Open(opening.Kind);
                try
                {
                    await BesiegeAsync(socket, opening, tally, end).ConfigureAwait(false);
                }
                finally
                {
                    tally.Close(opening.Kind);
                }
            }
            catch (SocketException)
            {
                tally.Refuse(opening.Kind);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(Rest, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task BesiegeAsync(
        Socket socket, SiegeOpening opening, SiegeTally tally, CancellationToken end)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(end);
        Task sending = SendAsync(socket, opening, over);
        if (!opening.IsReading)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, over.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else if (await StatusAsync(socket, over.Token).ConfigureAwait(false) is { } status)
        {
            tally.Answer(opening.Kind, status);
        }

        await over.CancelAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task SendAsync(Socket socket, SiegeOpening opening, CancellationTokenSource over)
    {
        try
        {
            await socket.SendAsync(opening.Opening, over.Token).ConfigureAwait(false);
            while (opening.IsDripping)
            {
                await Task.Delay(Drip, over.Token).ConfigureAwait(false);
                await socket.SendAsync("x"u8.ToArray(), over.Token).ConfigureAwait(false);
            }
        }
        catch (SocketException)
        {
            // The server has ended it: whoever reads is told, whoever does not begins again.
            if (!opening.IsReading) await over.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The siege is over.
        }
    }

    // Status of the answer; null: the connection was ended without one.
    private static async Task<int?> StatusAsync(Socket socket, CancellationToken end)
    {
        byte[] start = new byte[12]; // HTTP/1.1 400
        int count = 0;
        try
        {
            while (count < start.Length)
            {
                int read = await socket.ReceiveAsync(start.AsMemory(count), end).ConfigureAwait(false);
                if (read == 0) return null;
                count += read;
            }
        }
        catch (Exception over) when (over is SocketException or OperationCanceledException)
        {
            return null;
        }

        return int.TryParse(
            Encoding.ASCII.GetString(start, 9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            ? status
            : null;
    }
}
