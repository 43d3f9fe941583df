using System.Globalization;
using Breakwater.Adapters.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Storage;

public sealed class CommandTableLaws
{
    [Fact]
    public void It_answers_as_a_dictionary_does() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(),
        names =>
        {
            CommandTable table = new();
            Dictionary<byte, long> model = [];
            long sequence = 0;
            foreach (byte name in names)
            {
                sequence++;
                long expected = model.GetValueOrDefault(name);
                Assert.Equal(expected, table.Find(Id(name)));
                model.TryAdd(name, sequence);
                Assert.Equal(model[name], table.FindOrAdd(Id(name), sequence));
            }

            Assert.Equal(model.Count, table.Count);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void It_finds_each_of_many_after_every_growth()
    {
        const int Count = 100_000;
        CommandTable table = new();
        for (int i = 1; i <= Count; i++) Assert.Equal(i, table.FindOrAdd(Id(i), i));
        for (int i = 1; i <= Count; i++) Assert.Equal(i, table.FindOrAdd(Id(i), Count + i));
        Assert.Equal(Count, table.Count);
        Assert.Equal(0, table.Find(Id(0)));
    }

    [Fact]
    public void What_no_client_asked_for_is_never_a_repetition()
    {
        CommandTable table = new();
        Assert.Equal(1, table.FindOrAdd(CommandId.None, 1));
        Assert.Equal(2, table.FindOrAdd(CommandId.None, 2));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void Names_of_two_clients_never_meet()
    {
        Assert.NotEqual(CommandId.Of("a", "bc"), CommandId.Of("ab", "c"));
        Assert.NotEqual(CommandId.Of("1:a", "b"), CommandId.Of("1", ":ab"));
        Assert.Equal(CommandId.Of("a", "b"), CommandId.Of("a", "b"));
        Assert.True(CommandId.None.IsNone);
        Assert.Throws<ArgumentException>(() => CommandId.Of("a", ""));
    }

    [Fact]
    public void An_id_survives_its_bytes()
    {
        CommandId id = Id(7);
        byte[] bytes = new byte[CommandId.LengthBytes];
        id.Write(bytes);
        Assert.Equal(id, CommandId.Read(bytes));
        Assert.Equal(Convert.ToHexStringLower(bytes), id.ToString());
    }

    private static CommandId Id(int name) => CommandId.Of("client", name.ToString(CultureInfo.InvariantCulture));
}
