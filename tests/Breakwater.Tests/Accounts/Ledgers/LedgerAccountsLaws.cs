using Breakwater.Accounts.Ledgers;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>The persistent table of subaccounts against a sorted dictionary.</summary>
public sealed class LedgerAccountsLaws
{
    private const int CountMax = 600; // three levels of sixteen branches
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Every_version_keeps_what_it_held_and_names_stand_in_order() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        LedgerAccounts accounts = LedgerAccounts.Empty;
        SortedDictionary<string, string> model = new(StringComparer.Ordinal);
        LedgerAccounts kept = accounts;
        string[] keptText = [];
        int keptAt = random.Next(CountMax);
        for (int step = 0; step < CountMax; step++)
        {
            if (step == keptAt)
            {
                kept = accounts;
                keptText = [.. model.Select(own => $"{own.Key} {own.Value}")];
            }

            (accounts, string name) = Changed(accounts, random, step);
            model[name] = $"owner {step}";
        }

        Assert.Equal(model.Count, accounts.Count);
        Assert.Equal(model.Select(own => $"{own.Key} {own.Value}"), Text(accounts));
        Assert.Equal(keptText, Text(kept));
        Assert.All(model, own => Assert.Equal(own.Value, accounts.Find(own.Key)!.Owner));
        Assert.Null(accounts.Find("nobody"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Differences_are_the_places_where_two_tables_are_not_the_same() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        LedgerAccounts before = LedgerAccounts.Empty;
        int shared = random.Next(300);
        for (int step = 0; step < shared; step++)
        {
            (before, _) = Changed(before, random, step);
        }

        LedgerAccounts after = before;
        int more = random.Next(300);
        for (int step = 0; step < more; step++)
        {
            (after, _) = Changed(after, random, shared + step);
        }

        // Forwards what was changed or opened, backwards what was changed or is not there.
        Assert.Equal(Naive(before, after), after.DifferencesFrom(before).Select(Text).Order());
        Assert.Equal(Naive(after, before), before.DifferencesFrom(after).Select(Text).Order());
        Assert.Empty(after.DifferencesFrom(after));
    }).QuickCheckThrowOnFailure();

    private static (LedgerAccounts Accounts, string Name) Changed(LedgerAccounts accounts, Random random, int step)
    {
        string owner = $"owner {step}";
        if (accounts.Count > 0 && random.Next(2) == 0)
        {
            LedgerAccount[] all = [.. accounts.Values];
            LedgerAccount one = all[random.Next(all.Length)];
            return (accounts.With(one with { Owner = owner }), one.Id);
        }

        string name = $"{random.Next(10)}-{step}";
        return (accounts.Add(new LedgerAccount(name, owner, [], [], [], [])), name);
    }

    private static IEnumerable<string> Naive(LedgerAccounts before, LedgerAccounts after) =>
    [
        .. before.Values.Select(own => own.Id).Union(after.Values.Select(own => own.Id))
            .Select(name => (before.Find(name), after.Find(name)))
            .Where(pair => !ReferenceEquals(pair.Item1, pair.Item2)).Select(Text).Order(),
    ];

    private static string Text((LedgerAccount? Before, LedgerAccount? After) pair) =>
        $"{pair.Before?.Id} {pair.Before?.Owner} to {pair.After?.Id} {pair.After?.Owner}";

    private static string[] Text(LedgerAccounts accounts) =>
        [.. accounts.Values.Select(own => $"{own.Id} {own.Owner}")];
}
