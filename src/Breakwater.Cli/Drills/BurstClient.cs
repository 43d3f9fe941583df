using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Breakwater.Cli.Drills;

/// <summary>One client of a burst: sends its commands one after another, each when the one before is acknowledged, and
/// writes down what was.</summary>
/// <remarks>Its journal is a file of its own: a line of number, sequence and status for each acknowledgement, written
/// before the next command is sent. What it has not written down it sends again under the same name.</remarks>
internal sealed class BurstClient : IDisposable
{
    private const int KindsTurn = 10; // seven deposits, two trades, a withdrawal
    private const int FirstTrade = 7;
    private const int Withdrawal = 9;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly int _number;
    private readonly int _clientCount;
    private readonly AuthenticationHeaderValue _key;
    private readonly StreamWriter _journal;
    private readonly List<double> _latenciesMs = [];
    private int _next;

    /// <summary>A client that has sent nothing.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="clientCount">Clients in all; ≥ 2: the next one is whom it trades with.</param>
    /// <param name="commandCount">Commands it sends.</param>
    /// <param name="secret">Secret of its key.</param>
    /// <param name="journal">File of its journal.</param>
    public BurstClient(int number, int clientCount, int commandCount, string secret, string journal)
    {
        _number = number;
        _clientCount = clientCount;
        CommandCount = commandCount;
        _key = new AuthenticationHeaderValue("Bearer", secret);
        JournalPath = journal;
        _journal = new StreamWriter(journal, append: false, new UTF8Encoding()) { AutoFlush = true };
    }

    /// <summary>Commands it sends.</summary>
    public int CommandCount { get; }

    /// <summary>Its journal.</summary>
    public string JournalPath { get; }

    /// <summary>Commands that were sent and never answered, because the server was gone.</summary>
    public int UnansweredCount { get; private set; }

    /// <summary>Answers that said: not taken, send again.</summary>
    public int PutOffCount { get; private set; }

    /// <summary>From sending to acknowledgement, milliseconds.</summary>
    public IReadOnlyList<double> LatenciesMs => _latenciesMs;

    /// <summary>Name that a command of a client has in the journal of the server.</summary>
    /// <param name="client">The client.</param>
    /// <param name="index">Number of the command, from 0.</param>
    public static string NameOf(int client, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{DrillKeys.NameOf(client)}:c{index}");

    /// <inheritdoc/>
    public void Dispose() => _journal.Dispose();

    /// <summary>Goes on where it stands, until all is acknowledged or the server is gone.</summary>
    /// <param name="http">A client of the server.</param>
    /// <param name="priceUsd">Price of its trades.</param>
    /// <param name="acknowledged">Told of every acknowledgement.</param>
    public async Task SendAsync(HttpClient http, decimal priceUsd, Action acknowledged)
    {
        while (_next < CommandCount)
        {
            long begun = Stopwatch.GetTimestamp();
            try
            {
                using HttpRequestMessage request = new(HttpMethod.Post, new Uri("/v1/events", UriKind.Relative))
                {
                    Content = new StringContent(Body(_next, priceUsd), Encoding.UTF8, "application/json"),
                };
                request.Headers.Authorization = _key;
                using HttpResponseMessage answer = await http.SendAsync(request).ConfigureAwait(false);
                byte[] body = await answer.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
                if (SequenceIn(body) is not { } sequence)
                {
                    PutOffCount++;
                    await Task.Delay(Pause).ConfigureAwait(false);
                    continue;
                }

                await _journal.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{_next} {sequence} {(int)answer.StatusCode}"))
                    .ConfigureAwait(false);
                _latenciesMs.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                _next++;
                acknowledged();
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException)
            {
                UnansweredCount++;
                return;
            }
        }
    }

    private string Body(int index, decimal priceUsd)
    {
        string own = DrillKeys.NameOf(_number);
        string other = DrillKeys.NameOf((_number + 1) % _clientCount);
        string members = (index % KindsTurn) switch
        {
            < FirstTrade => $"\"kind\":\"deposit\",\"subaccount\":\"{own}\",\"asset\":\"USDC\",\"quantity\":\"1.5\"",
            Withdrawal => $"\"kind\":\"withdraw\",\"subaccount\":\"{own}\",\"asset\":\"USDC\",\"quantity\":\"0.5\"",
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"\"kind\":\"fill\",\"instrument\":\"{KillDrill.Instrument}\",\"quantity\":\"0.01\",")
                + string.Create(CultureInfo.InvariantCulture, $"\"price\":\"{priceUsd}\",")
                + $"\"buyer\":{{\"subaccount\":\"{own}\"}},\"seller\":{{\"subaccount\":\"{other}\"}}",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{{\"commandId\":\"c{index}\",{members}}}");
    }

    // An answer with a sequence was decided and is durable, whatever was decided.
    private static long? SequenceIn(byte[] body)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(body);
            return answer.RootElement.TryGetProperty("sequence", out JsonElement sequence)
                ? sequence.GetInt64()
                : null;
        }
        catch (JsonException)
        {
            return null; // cut short: no answer
        }
    }
}
