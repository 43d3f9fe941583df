using Breakwater.Accounts;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;

namespace Breakwater.Tests.Accounts;

/// <summary>Names that addresses carry, and what the ledger does with those of before.</summary>
public sealed class SubaccountNameTests
{
    [Theory]
    [InlineData("desk-1")]
    [InlineData("...")]
    [InlineData(".hidden")]
    [InlineData("a..b/c.d")]
    [InlineData("desk/1 %2E</script>")]
    public void A_name_that_an_address_carries_is_allowed(string name) => Assert.True(SubaccountName.IsAllowed(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("./a")]
    [InlineData("a/..")]
    [InlineData("a/../b")]
    [InlineData("a\tb")]
    [InlineData("müller")]
    public void A_name_that_an_address_loses_is_not(string name) => Assert.False(SubaccountName.IsAllowed(name));

    [Fact]
    public void The_longest_name_is_the_longest_of_the_ledger()
    {
        Assert.True(SubaccountName.IsAllowed(new string('a', LedgerLimits.NameLengthMax)));
        Assert.False(SubaccountName.IsAllowed(new string('a', LedgerLimits.NameLengthMax + 1)));
    }

    // Uri removes them before anything is sent, as browsers do.
    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void An_address_loses_the_names_that_are_refused(string name)
    {
        Uri address = new($"http://localhost/v1/subaccounts/{Uri.EscapeDataString(name)}/margin");
        Assert.DoesNotContain($"/{name}/", address.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public void A_journal_that_opened_one_still_opens_it(string name)
    {
        Result<Ledger> opened = LedgerPosting.Apply(
            Ledger.Empty, new LedgerTransition.AccountOpening(Timestamp.FromUnixMilliseconds(0), name, "own"));
        Assert.True(opened.IsAccepted);
    }
}
