using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Adapters.Files;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Server.Access;

namespace Breakwater.Server.Api;

/// <summary>Reads the body of a command: its kind says which members it has; refused whole if anything in it is.
/// </summary>
internal static class CommandReading
{
    private const string Input = "body";
    private const string Kinds = "openSubaccount|grantDelegate|revokeDelegate|deposit|withdraw|transfer|fill|fee|"
        + "contributeInsurance|admitAsset|listInstrument|giveParameters|holdScenarios|report";

    /// <summary>Reads a command.</summary>
    /// <param name="root">The body.</param>
    /// <param name="view">The state that says what is governed and who owns what.</param>
    internal static Result<ClientCommand> Read(JsonValue root, RiskView view)
    {
        List<Failure> failures = [];
        string kind = root.Find("kind") is { Kind: JsonKind.Text } known ? known.Text : string.Empty;
        ClientCommand? read = kind switch
        {
            "openSubaccount" => Open(Of(root, view, failures, "subaccount", "owner")),
            "grantDelegate" => Grant(Of(root, view, failures, "subaccount", "delegate"), view),
            "revokeDelegate" => Revoke(Of(root, view, failures, "subaccount", "delegate"), view),
            "deposit" => Deposit(Of(root, view, failures, "subaccount", "asset", "quantity", "chain", "bridge")),
            "withdraw" => Withdraw(
                Of(root, view, failures, "subaccount", "asset", "quantity", "chain", "bridge"), view),
            "transfer" => Transfer(
                Of(root, view, failures, "from", "to", "asset", "quantity", "chain", "bridge"), view),
            "fill" => Fill(Of(root, view, failures, "instrument", "quantity", "price", "buyer", "seller"), root, view,
                failures),
            "fee" => Fee(Of(root, view, failures, "subaccount", "asset", "quantity"), view),
            "contributeInsurance" => Insure(Of(root, view, failures, "asset", "quantity", "source")),
            "admitAsset" => Admit(Of(root, view, failures, "asset")),
            "listInstrument" => List(Of(root, view, failures, "instrument")),
            "giveParameters" => Govern(
                Of(root, view, failures, "version", "effectiveAt", "protocolId", "values"), root),
            "holdScenarios" => Hold(Of(root, view, failures, "isHeld"), root),
            "report" => Report(Of(root, view, failures, "subaccount")),
            _ => Strange(root, failures),
        };
        return failures.Count == 0 && read is not null
            ? Result<ClientCommand>.Accepted(read)
            : Result<ClientCommand>.Refused(failures);
    }

    private static CommandFields Of(
        JsonValue root, RiskView view, List<Failure> failures, params ReadOnlySpan<string> own) =>
        new(new JsonFields(root, Input, failures, ["commandId", "kind", .. own]), view);

    private static ClientCommand? Strange(JsonValue root, List<Failure> failures)
    {
        failures.Add(new Failure(
            root.Find("kind") is null ? FailureReason.Missing : FailureReason.Unknown,
            "the kind of the command is not known", Input, "kind", root.Find("kind")?.Text ?? string.Empty, Kinds));
        return null;
    }

    private static string IdOf(CommandFields own)
    {
        string id = own.Fields.Text("commandId", "the client's name for the command");
        if (id.Length > ClientCommand.IdLengthMax || id.Any(static letter => letter is < ' ' or > '~'))
        {
            own.Fields.RefuseMember(
                FailureReason.Malformed, "no name of a command", "commandId",
                $"1–{ClientCommand.IdLengthMax} printable ASCII characters");
        }

        return id;
    }

    private static ClientCommand Ledger(
        CommandFields own, Scope scope, ImmutableArray<string> accounts,
        Func<Timestamp, LedgerTransition> transition) =>
        new(IdOf(own), scope, accounts, (at, id) => new RiskEvent.LedgerCommand(at, id, transition(at)));

    // Of a subaccount that is not there nobody: the ledger refuses it by name.
    private static string OwnerOf(string account, RiskView view) =>
        view.State.Ledger.Find(account)?.Owner ?? string.Empty;

    private static ClientCommand Open(CommandFields own)
    {
        (string account, string owner) = (own.NewName("subaccount"), own.Name("owner"));
        return Ledger(own, Scope.Operate, [account], at => new LedgerTransition.AccountOpening(at, account, owner));
    }

    private static ClientCommand Grant(CommandFields own, RiskView view)
    {
        (string account, string other) = (own.Name("subaccount"), own.Name("delegate"));
        return Ledger(own, Scope.Trade, [account], at =>
            new LedgerTransition.DelegateGrant(at, account, OwnerOf(account, view), other));
    }

    private static ClientCommand Revoke(CommandFields own, RiskView view)
    {
        (string account, string other) = (own.Name("subaccount"), own.Name("delegate"));
        return Ledger(own, Scope.Trade, [account], at =>
            new LedgerTransition.DelegateRevocation(at, account, OwnerOf(account, view), other));
    }

    private static (AssetId Asset, Int128 Units)? Amount(CommandFields own) =>
        own.Asset() is { } asset && own.Units("quantity", asset.Decimals) is { } units ? (asset.Asset, units) : null;

    private static ClientCommand? Deposit(CommandFields own)
    {
        string account = own.Name("subaccount");
        Place place = own.Place();
        return Amount(own) is { } paid
            ? Ledger(own, Scope.Operate, [account], at =>
                new LedgerTransition.Deposit(at, account, paid.Asset, place, paid.Units))
            : null;
    }

    private static ClientCommand? Withdraw(CommandFields own, RiskView view)
    {
        string account = own.Name("subaccount");
        Place place = own.Place();
        return Amount(own) is { } paid
            ? Ledger(own, Scope.Trade, [account], at => new LedgerTransition.Withdrawal(
                at, account, OwnerOf(account, view), paid.Asset, place, paid.Units))
            : null;
    }

    private static ClientCommand? Transfer(CommandFields own, RiskView view)
    {
        (string from, string to) = (own.Name("from"), own.Name("to"));
        Place place = own.Place();
        return Amount(own) is { } paid
            ? Ledger(own, Scope.Trade, [from, to], at => new LedgerTransition.Transfer(
                at, from, to, OwnerOf(from, view), paid.Asset, place, paid.Units))
            : null;
    }

    private static ClientCommand? Fill(CommandFields own, JsonValue root, RiskView view, List<Failure> failures)
    {
        Instrument? instrument = own.Instrument();
        Int128? lots = instrument is null ? null : own.Lots("quantity", instrument);
        decimal? price = own.Price("price");
        AssetId paidIn = instrument is null
            ? AssetId.Numeraire
            : ContractTerms.SettlementAssetOf(instrument) ?? AssetId.Numeraire; // spot is paid in dollars
        FillSide? buyer = Side(root.Find("buyer"), "buyer", own, view, failures, paidIn);
        FillSide? seller = Side(root.Find("seller"), "seller", own, view, failures, paidIn);
        return instrument is not null && lots is { } traded && price is { } paid && buyer is not null
            && seller is not null
                ? Ledger(own, Scope.Operate, [buyer.Account, seller.Account], at => new LedgerTransition.Fill(
                    at, instrument, traded, paid, buyer, seller))
                : null;
    }

    // Without a party named the owner has traded.
    private static FillSide? Side(
        JsonValue? side, string name, CommandFields own, RiskView view, List<Failure> failures, AssetId paidIn)
    {
        if (side is null)
        {
            own.Fields.RefuseMember(FailureReason.Missing, "a trade has two sides", name, "{ subaccount, by, fee }");
            return null;
        }

        CommandFields fields = new(new JsonFields(side, Input, failures, "subaccount", "by", "fee"), view);
        string account = fields.Name("subaccount");
        string by = fields.Fields.Has("by") ? fields.Name("by") : OwnerOf(account, view);
        return new FillSide(account, new Mandate.Party(by), fields.Fee("fee", paidIn));
    }

    private static ClientCommand? Fee(CommandFields own, RiskView view)
    {
        string account = own.Name("subaccount");
        return Amount(own) is { } paid
            ? Ledger(own, Scope.Operate, [account], at => new LedgerTransition.Fee(
                at, account, new Mandate.Party(OwnerOf(account, view)), paid.Asset, paid.Units))
            : null;
    }

    private static ClientCommand? Insure(CommandFields own)
    {
        string source = own.Fields.Has("source") ? own.Fields.Text("source", "outside|fees") : "outside";
        if (source is not ("outside" or "fees"))
        {
            own.Fields.RefuseMember(FailureReason.Unknown, "the source is not known", "source", "outside|fees");
        }

        return Amount(own) is { } paid
            ? Ledger(own, Scope.Operate, [], at => new LedgerTransition.InsuranceContribution(
                at, paid.Asset, paid.Units, source == "fees" ? InsuranceSource.Fees : InsuranceSource.Outside))
            : null;
    }

    private static ClientCommand? Admit(CommandFields own) => own.Asset() is { } asset
        ? Ledger(own, Scope.Govern, [], at =>
            new LedgerTransition.AssetAdmission(at, asset.Asset, asset.Decimals))
        : null;

    private static ClientCommand? List(CommandFields own)
    {
        if (own.Instrument() is not { } instrument) return null;
        decimal lot = own.LotOf(instrument);
        return Ledger(own, Scope.Govern, [], at => new LedgerTransition.InstrumentListing(at, instrument, lot));
    }

    private static ClientCommand? Govern(CommandFields own, JsonValue root)
    {
        bool isVersion = int.TryParse(
            own.Fields.Decimal("version"), System.Globalization.NumberStyles.None, null, out int version);
        bool isTime = Timestamp.TryParse(own.Fields.Text("effectiveAt", "a time"), out Timestamp effectiveAt);
        if (!isVersion) own.Fields.RefuseMember(FailureReason.Malformed, "no version", "version", "a whole number");
        if (!isTime) own.Fields.RefuseMember(FailureReason.Malformed, "no time", "effectiveAt", "2026-02-05T09:40:00Z");
        string protocol = own.Name("protocolId");
        ImmutableSortedDictionary<string, decimal>.Builder values =
            ImmutableSortedDictionary.CreateBuilder<string, decimal>(StringComparer.Ordinal);
        foreach ((string path, JsonValue value) in root.Find("values")?.Members ?? [])
        {
            if (!StrictNumber.TryDecimal(value.Text, out decimal number))
            {
                own.Fields.RefuseMember(FailureReason.Malformed, $"{path} is no number", "values", StrictNumber.Form);
            }

            values[path] = number;
        }

        ParameterValues given = new(values.ToImmutable());
        return new ClientCommand(IdOf(own), Scope.Govern, [], (at, id) =>
            new RiskEvent.ParametersGiven(at, id, version, effectiveAt, protocol, given));
    }

    private static ClientCommand Hold(CommandFields own, JsonValue root)
    {
        bool isHeld = own.Truth(root, "isHeld");
        return new ClientCommand(IdOf(own), Scope.Govern, [], (at, id) => new RiskEvent.ScenarioHold(at, id, isHeld));
    }

    private static ClientCommand Report(CommandFields own)
    {
        string account = own.Name("subaccount");
        return new ClientCommand(IdOf(own), Scope.Operate, [account], (at, id) =>
            new RiskEvent.ReportAsked(at, id, account));
    }
}
