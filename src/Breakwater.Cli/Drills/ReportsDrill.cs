using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Breakwater.Adapters.Files;
using Breakwater.Adapters.Storage;
using Breakwater.Cli.Terminal;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server;
using Breakwater.Server.Access;
using Breakwater.Server.Loop;
using Breakwater.Server.Replay;

namespace Breakwater.Cli.Drills;

/// <summary>One portfolio has one report (issue 5): by the command from files, by a server live, and by a server that
/// has applied its journal again from the first record on another number of threads.</summary>
internal static class ReportsDrill
{
    private const int LiveThreads = 1;
    private const int ReplayThreads = 2;
    private static readonly Timestamp At = Timestamp.Parse(SampleMarket.At);

    /// <summary>Runs it.</summary>
    /// <param name="folder">A new folder for the journal and the portfolios.</param>
    /// <param name="market">Folder of the sample market.</param>
    public static async Task<Result<ReportsResult>> RunAsync(string folder, string market)
    {
        Result<ImmutableArray<RiskEvent>> seen = MarketEvents.OfInstant(SampleMarket.Selection(market), At);
        if (!seen.IsAccepted) return Result<ReportsResult>.Refused(seen.Failures);
        string data = Path.Combine(folder, "data");
        ImmutableSortedDictionary<string, string> live;
        await using (EngineHost engine = await OpenAsync(data, LiveThreads).ConfigureAwait(false))
        {
            (RiskServer server, HttpClient http) = await ServeAsync(engine).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            using (http)
            {
                await BuildAsync(engine, http, seen.Value).ConfigureAwait(false);
                live = await AskAsync(http).ConfigureAwait(false);
                foreach (string own in SampleBook.Accounts)
                {
                    File.WriteAllText(PortfolioOf(folder, own), SampleBook.Portfolio(engine.View, own));
                }
            }
        }

        ImmutableSortedDictionary<string, string> replayed;
        long events;
        await using (EngineHost engine = await OpenAsync(data, ReplayThreads).ConfigureAwait(false))
        {
            (RiskServer server, HttpClient http) = await ServeAsync(engine).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            using (http)
            {
                replayed = await AskAsync(http).ConfigureAwait(false);
                events = engine.Recovery.ReplayedCount;
            }
        }

        return Result<ReportsResult>.Accepted(new ReportsResult(
            [.. live.Keys.Select(name => new ReportCompared(
                name, Printed(folder, market, name), live[name], replayed[name]))],
            events));
    }

    private static string PortfolioOf(string folder, string account) => Path.Combine(folder, $"{account}.json");

    // The clock stands: the market is that of one instant.
    private static async Task<EngineHost> OpenAsync(string data, int threads)
    {
        RiskParameters parameters = ParameterFile.LoadNewestShipped().Value;
        EngineOptions options = new()
        {
            AreTicksFed = true,
            ThreadCount = threads,
            Start = RecoveryStart.FirstRecord,
        };
        return (await EngineHost.OpenAsync(FolderDisk.AtOrNew(data), options, parameters, At, speed: 0d)
            .ConfigureAwait(false)).Value; // a new folder, or what this drill has just written
    }

    private static async Task<(RiskServer Server, HttpClient Http)> ServeAsync(EngineHost engine)
    {
        string secret = ApiKey.NewSecret();
        KeyRing keys = new([new ApiKey(
            "drill", ApiKey.HashOf(secret), Scope.Read | Scope.Trade | Scope.Operate | Scope.Govern, [],
            SeesAll: true)]);
        RiskServer server = await RiskServer.StartAsync(engine, keys, new FeedBoard(), new ServerOptions { Port = 0 })
            .ConfigureAwait(false);
        HttpClient http = new() { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return (server, http);
    }

    private static async Task BuildAsync(EngineHost engine, HttpClient http, ImmutableArray<RiskEvent> seen)
    {
        foreach (RiskEvent happened in seen) await SubmitAsync(engine, _ => happened).ConfigureAwait(false);
        foreach (string members in SampleBook.Opening()) await SendAsync(http, members).ConfigureAwait(false);
        await SubmitAsync(engine, static at => new RiskEvent.ClockTick(at)).ConfigureAwait(false);
        foreach (string members in SampleBook.Trading()) await SendAsync(http, members).ConfigureAwait(false);
        await SubmitAsync(engine, static at => new RiskEvent.ClockTick(at)).ConfigureAwait(false);
    }

    private static async Task SubmitAsync(EngineHost engine, Func<Timestamp, RiskEvent> make)
    {
        Answer answer = await engine.SubmitAsync(make, CancellationToken.None).ConfigureAwait(false);
        if (answer.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
    }

    private static async Task SendAsync(HttpClient http, string members)
    {
        using StringContent body = new($"{{{members}}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer =
            await http.PostAsync(new Uri("/v1/events", UriKind.Relative), body).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode) return;
        throw new InvalidOperationException(
            $"{members}: {await answer.Content.ReadAsStringAsync().ConfigureAwait(false)}");
    }

    private static async Task<ImmutableSortedDictionary<string, string>> AskAsync(HttpClient http)
    {
        ImmutableSortedDictionary<string, string>.Builder reports =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string name in SampleBook.Accounts.SelectMany(static own =>
            (string[])[$"{own}/margin", $"{own}/explain"]))
        {
            reports[name] = await http.GetStringAsync(new Uri($"/v1/subaccounts/{name}", UriKind.Relative))
                .ConfigureAwait(false);
        }

        return reports.ToImmutable();
    }

    private static string Printed(string folder, string market, string name)
    {
        string[] parts = name.Split('/');
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        int code = BreakwaterCommand.Run(
            [
                "margin", .. SampleMarket.Arguments(market), "--at", SampleMarket.At,
                "--portfolio", PortfolioOf(folder, parts[0]), "--json",
                .. parts[1] == "explain" ? (string[])["--explain"] : [],
            ],
            output, error);
        return code == ExitCode.Done ? output.ToString() : error.ToString();
    }
}

/// <summary>What a drill of reports found.</summary>
/// <param name="Reports">The reports.</param>
/// <param name="ReplayedCount">Events that the second server had applied again.</param>
internal sealed record ReportsResult(ImmutableArray<ReportCompared> Reports, long ReplayedCount)
{
    /// <summary>Whether every report is the same by every way.</summary>
    public bool IsEqual => Reports.All(static own => own.IsEqual);

    /// <summary>Writes it.</summary>
    /// <param name="shell">Where and how.</param>
    /// <param name="result">What was found.</param>
    public static void Write(Shell shell, ReportsResult result)
    {
        if (shell.IsJson)
        {
            JsonOutput.Write(shell.Output, json => json.Object(() =>
            {
                json.WriteBoolean("isEqual", result.IsEqual);
                json.WriteNumber("replayedEvents", result.ReplayedCount);
                json.Objects("reports", result.Reports, own =>
                {
                    json.WriteString("report", own.Name);
                    json.WriteString("command", ReportCompared.DigestOf(own.Command).ToString());
                    json.WriteString("live", ReportCompared.DigestOf(own.Live).ToString());
                    json.WriteString("replayed", ReportCompared.DigestOf(own.Replayed).ToString());
                });
            }));
            return;
        }

        TextTable table = new("report", ">bytes", "SHA-256", "command = live = replayed");
        foreach (ReportCompared own in result.Reports)
        {
            table.Row(
                own.Name, Encoding.UTF8.GetByteCount(own.Command).ToString("#,0", CultureInfo.InvariantCulture),
                ReportCompared.DigestOf(own.Command).ToString(), own.IsEqual ? "yes" : "NO");
        }

        table.Write(shell.Output);
        shell.Output.WriteLine(result.IsEqual
            ? "equal: by 'breakwater margin', by the server, and by a server that applied its "
            + $"{result.ReplayedCount} events again on another number of threads"
            : "NOT EQUAL: a defect of ours");
    }
}

/// <summary>One report by three ways.</summary>
/// <param name="Name">Subaccount and kind of report.</param>
/// <param name="Command">What the command prints.</param>
/// <param name="Live">What the server answers.</param>
/// <param name="Replayed">What a server answers that has replayed its journal.</param>
internal sealed record ReportCompared(string Name, string Command, string Live, string Replayed)
{
    /// <summary>Whether the three are the same bytes.</summary>
    public bool IsEqual => Command == Live && Live == Replayed;

    /// <summary>SHA-256 of a report.</summary>
    /// <param name="report">The report.</param>
    public static Digest DigestOf(string report) => Digest.Of(Encoding.UTF8.GetBytes(report));
}
