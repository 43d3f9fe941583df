using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Server.Loop;

namespace Breakwater.Server.Replay;

/// <summary>A population of subaccounts whose deposits and fills reach the server as commands over HTTP. What builds it
/// has the same names at every start: sent again after a restart, it changes nothing.</summary>
internal sealed class Population : IDisposable
{
    // A population of some hundreds holds less coin than the protocol's cap: its haircuts are those of the asset.
    private const int MakerUsd = 20_000_000;
    private const int MakerBitcoin = 30;
    private const int MakerEther = 500;
    private const int SendersMax = 16;
    private static readonly ImmutableArray<double> Shares = [1, 0.75, 0.55, 0.4, 0.3, 0.2, 0.12];

    private readonly EngineHost _engine;
    private readonly ImmutableArray<Participant> _people;
    private readonly ImmutableArray<VanillaOption> _options;
    private readonly HttpClient _http;
    private readonly uint _seed;
    private long _sentCount;
    private long _refusedCount;

    /// <summary>A population.</summary>
    /// <param name="engine">The engine: marks are read of its view, as a venue knows them.</param>
    /// <param name="address">Where the server listens.</param>
    /// <param name="secret">Key of a venue: it may operate and govern.</param>
    /// <param name="chains">Chains whose options are listed.</param>
    /// <param name="count">Subaccounts; ≥ 4.</param>
    /// <param name="seed">What the draws depend on.</param>
    internal Population(
        EngineHost engine, string address, string secret, ImmutableArray<UnderlyingObservations> chains, int count,
        uint seed)
    {
        _engine = engine;
        _people = Participant.Of(count);
        _options = [.. chains.SelectMany(static own => Chosen(own))];
        _seed = seed;
        _http = new HttpClient { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    /// <summary>Commands sent.</summary>
    internal long SentCount => Interlocked.Read(ref _sentCount);

    /// <summary>Commands refused: not everybody can afford what he wants.</summary>
    internal long RefusedCount => Interlocked.Read(ref _refusedCount);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Builds every book, when the market is valued.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="HttpRequestException">The server has stopped.</exception>
    internal Task BuildAsync(CancellationToken cancel) => Parallel.ForEachAsync(
        _people.Where(static own => own.Habit != Habit.Maker),
        new ParallelOptions { MaxDegreeOfParallelism = SendersMax, CancellationToken = cancel },
        async (own, gone) => await BuildAsync(own, gone).ConfigureAwait(false));

    /// <summary>Trades on, one a second, until it is ended.</summary>
    /// <param name="cancel">Ends it.</param>
    internal async Task TradeAsync(CancellationToken cancel)
    {
        try
        {
            using PeriodicTimer timer = new(TimeSpan.FromSeconds(1));
            for (int round = 1; await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false); round++)
            {
                Participant own = _people[(int)(Draw(round, 7) * _people.Length)];
                if (own.Habit != Habit.Maker) await TradeAsync(own, round, cancel).ConfigureAwait(false);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or HttpRequestException)
        {
            // The server stops, or has: its own words say why.
        }
    }

    // Four expiries, strikes around the index: enough for every habit, few enough for a second a tick.
    private static IEnumerable<VanillaOption> Chosen(UnderlyingObservations seen)
    {
        const int ExpiriesMax = 4;
        const double StrikeDistance = 0.25;
        const int MinimumDays = 2;
        ImmutableArray<ChainRow> rows = seen.Chain!.Rows; // chains only
        double index = rows.Select(static own => own.IndexUsd).OfType<double>().First();
        Timestamp soonest = seen.Chain.At.AddMilliseconds(MinimumDays * Timestamp.DayMilliseconds);
        HashSet<Timestamp> expiries = [.. rows.Where(own => own.Option.Expiry > soonest)
            .GroupBy(static own => own.Option.Expiry).OrderByDescending(static own => own.Count())
            .Take(ExpiriesMax).Select(static own => own.Key)];
        return rows.Select(static own => own.Option).Where(own => expiries.Contains(own.Expiry)
            && Math.Abs(((double)own.StrikeUsd / index) - 1d) <= StrikeDistance);
    }

    /// <summary>Admits assets, lists instruments, opens and funds every subaccount.</summary>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="HttpRequestException">The server has stopped.</exception>
    internal async Task OpenAsync(CancellationToken cancel)
    {
        foreach (AssetId asset in _options.Select(static own => own.Underlying).Distinct().Order())
        {
            await SendAsync($"admit-{asset}", $"\"kind\":\"admitAsset\",\"asset\":\"{asset}\"", cancel)
                .ConfigureAwait(false);
            await ListAsync($"{asset}_USDC-PERPETUAL", cancel).ConfigureAwait(false);
        }

        await Parallel.ForEachAsync(
            _options, new ParallelOptions { MaxDegreeOfParallelism = SendersMax, CancellationToken = cancel },
            async (option, gone) => await ListAsync(option.Name, gone).ConfigureAwait(false)).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            _people, new ParallelOptions { MaxDegreeOfParallelism = SendersMax, CancellationToken = cancel },
            async (own, gone) => await EnterAsync(own, gone).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task EnterAsync(Participant own, CancellationToken cancel)
    {
        await SendAsync(
                $"open-{own.Name}",
                $"\"kind\":\"openSubaccount\",\"subaccount\":\"{own.Name}\",\"owner\":\"{own.Name}\"", cancel)
                .ConfigureAwait(false);
        bool isMaker = own.Habit == Habit.Maker;
        bool holdsCoin = own.Habit is Habit.Hedger or Habit.OptionWriter;
        double usd = isMaker ? MakerUsd : 20_000 + (180_000 * Draw(own.Number, 1));
        await DepositAsync(own, "USDC", Math.Round(usd), cancel).ConfigureAwait(false);
        double coin = isMaker ? MakerBitcoin : holdsCoin ? 1 + (9 * Draw(own.Number, 2)) : 0;
        if (coin > 0) await DepositAsync(own, "BTC", Math.Round(coin, 2), cancel).ConfigureAwait(false);
        if (isMaker) await DepositAsync(own, "ETH", MakerEther, cancel).ConfigureAwait(false);
    }

    private Task<bool> ListAsync(string instrument, CancellationToken cancel) =>
        SendAsync($"list-{instrument}", $"\"kind\":\"listInstrument\",\"instrument\":\"{instrument}\"", cancel);

    private Task<bool> DepositAsync(
        Participant own, string asset, double quantity, CancellationToken cancel) => SendAsync(
        $"pay-{own.Name}-{asset}",
        $"\"kind\":\"deposit\",\"subaccount\":\"{own.Name}\",\"asset\":\"{asset}\",\"quantity\":\"{Text(quantity)}\"",
        cancel);

    // What somebody of the habit holds when the demonstration begins.
    private async Task BuildAsync(Participant own, CancellationToken cancel)
    {
        double size = Draw(own.Number, 3);
        switch (own.Habit)
        {
            case Habit.Hedger:
                await GreatestAsync(own, "put", Option(own, OptionRight.Put, 0.85, 0.97), 1 + (4 * size), cancel)
                    .ConfigureAwait(false);
                await GreatestAsync(own, "hedge", Perpetual("BTC"), -(0.5 + (4 * size)), cancel).ConfigureAwait(false);
                break;
            case Habit.LeveragedLong:
                string asset = Draw(own.Number, 4) < 0.7 ? "BTC" : "ETH";
                double equity = 20_000 + (180_000 * Draw(own.Number, 1));
                double leverage = 3 + (12 * size);
                await GreatestAsync(own, "long", Perpetual(asset), leverage * equity / IndexOf(asset), cancel)
                    .ConfigureAwait(false);
                break;
            default:
                await GreatestAsync(own, "call", Option(own, OptionRight.Call, 1.03, 1.2), -(2 + (20 * size)), cancel)
                    .ConfigureAwait(false);
                await GreatestAsync(own, "put", Option(own, OptionRight.Put, 0.8, 0.95), -(2 + (20 * size)), cancel)
                    .ConfigureAwait(false);
                break;
        }
    }

    // What he wants, or as much of it as his margin admits.
    private async Task GreatestAsync(
        Participant own, string name, Instrument instrument, double quantity, CancellationToken cancel)
    {
        foreach (double share in Shares)
        {
            string id = string.Create(CultureInfo.InvariantCulture, $"{name}-{100 * share:0}");
            if (await FillAsync(own, id, instrument, share * quantity, cancel).ConfigureAwait(false)) return;
        }
    }

    // Somebody changes his mind a little, in either direction.
    private Task<bool> TradeAsync(Participant own, int round, CancellationToken cancel)
    {
        double size = (2 * Draw(round, 8)) - 1;
        Instrument instrument = own.Habit == Habit.OptionWriter
            ? Option(own, OptionRight.Call, 1.03, 1.2)
            : Perpetual("BTC");
        return FillAsync(own, $"round-{round}-{_engine.View.At.UnixMilliseconds}", instrument, size, cancel);
    }

    private async Task<bool> FillAsync(
        Participant own, string name, Instrument instrument, double quantity, CancellationToken cancel)
    {
        RiskView view = _engine.View;
        int row = view.Valuation!.Arrays.IndexOf(instrument); // waited for
        decimal lot = view.Parameters.Find(instrument.Underlying)!.LotOf(instrument); // listed, so governed
        decimal lots = decimal.Floor((decimal)Math.Abs(quantity) / lot) * lot;
        if (row < 0 || lots == 0) return false;
        decimal mark = view.Valuation.Arrays.Rows[row].MarkPriceMicroUsd / 1_000_000m;
        decimal price = instrument is VanillaOption
            ? Math.Max(0.0001m, decimal.Round(mark / (decimal)IndexOf(instrument.Underlying.Name), 4))
            : decimal.Round(mark, 1);
        ImmutableArray<Participant> makers = [.. _people.Where(static own => own.Habit == Habit.Maker)];
        string maker = makers[own.Number % makers.Length].Name;
        (string buyer, string seller) = quantity > 0 ? (own.Name, maker) : (maker, own.Name);
        return await SendAsync(
            $"{name}-{own.Name}",
            $"\"kind\":\"fill\",\"instrument\":\"{instrument.Name}\",\"quantity\":\"{Text(lots)}\","
            + $"\"price\":\"{Text(price)}\",\"buyer\":{{\"subaccount\":\"{buyer}\"}},"
            + $"\"seller\":{{\"subaccount\":\"{seller}\"}}",
            cancel).ConfigureAwait(false);
    }

    private async Task<bool> SendAsync(string id, string members, CancellationToken cancel)
    {
        using StringContent body = new(
            $"{{\"commandId\":\"{id}\",{members}}}", Encoding.UTF8, "application/json");
        using HttpResponseMessage answer =
            await _http.PostAsync(new Uri("/v1/events", UriKind.Relative), body, cancel).ConfigureAwait(false);
        Interlocked.Increment(ref _sentCount);
        if (!answer.IsSuccessStatusCode) Interlocked.Increment(ref _refusedCount);
        return answer.IsSuccessStatusCode;
    }

    private static Perpetual Perpetual(string asset) => new(AssetId.Of(asset), Settlement.Linear);

    // An option of BTC whose strike lies between two multiples of the index; the nearest there is if none does.
    private VanillaOption Option(Participant own, OptionRight right, double low, double high)
    {
        double index = IndexOf("BTC");
        VanillaOption[] all = [.. _options.Where(option => option.Right == right && option.Underlying.Name == "BTC"
            && option.Expiry > _engine.View.At)];
        VanillaOption[] fitting = [.. all.Where(option => (double)option.StrikeUsd / index >= low
            && (double)option.StrikeUsd / index <= high)];
        return fitting.Length > 0
            ? fitting[(int)(Draw(own.Number, 5) * fitting.Length)]
            : all.MinBy(option => Math.Abs(((double)option.StrikeUsd / index) - ((low + high) / 2)))!; // some are
    }

    private double IndexOf(string asset) => _engine.View.Valuation!.Market.Find(AssetId.Of(asset))!.IndexUsd; // waited

    private double Draw(int number, uint purpose) =>
        Philox4x32.ToUniform(Philox4x32.Block((uint)number, purpose, 0, 0, _seed).X0);

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
