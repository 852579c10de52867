using Waqtor.Api.Spooling;

namespace Waqtor.Api.Tests.Spooling;

public sealed class ReplayWindowTests
{
    private readonly ReplayWindow _sut = new(groupMax: 4, groupBytesMax: 1_000);
    private readonly Dictionary<SpoolEntry, string> _names = [];

    [Fact]
    public void Next_TakesWhatIsOfOneConversationTogether_AndOthersBeside()
    {
        Add("a1", "a");
        Add("b1", "b");
        Add("a2", "a");
        Add("c1", "c");
        Add("a3", "a");

        Next(10).ShouldBe(["a1 a2 a3", "b1", "c1"]);
        Next(2).ShouldBe(["a1 a2 a3", "b1"]);
    }

    [Fact]
    public void Next_KeepsGroupsWithinTheirBounds()
    {
        for (var i = 1; i <= 6; i++) Add($"a{i}", "a");
        Add("b1", "b", bytes: 900);
        Add("b2", "b", bytes: 900);
        Add("b3", "b", bytes: 900);

        Next(10).ShouldBe(["a1 a2 a3 a4", "b1 b2"]);
    }

    [Fact]
    public void Done_LetsTheNextOfItsConversationGo()
    {
        for (var i = 1; i <= 5; i++) Add($"a{i}", "a");

        Done("a1", "a2");

        Next(10).ShouldBe(["a3 a4 a5"]);
        _sut.Count.ShouldBe(3);
    }

    [Fact]
    public void WhatSharesAnyKey_WaitsBehind_AndEndsTheGroup()
    {
        Add("phone1", "p");
        Add("both", "p", "lid");
        Add("phone2", "p");
        Add("lid1", "lid");

        Next(10).ShouldBe(["phone1"]);
        Done("phone1");
        Next(10).ShouldBe(["both"]);
        Done("both");
        Next(10).ShouldBe(["phone2", "lid1"]);
    }

    [Fact]
    public void SameIdsOfAContact_GoTogether()
    {
        Add("m1", "p", "lid");
        Add("m2", "p", "lid");
        Add("m3", "lid", "p");

        Next(10).ShouldBe(["m1 m2"]);
    }

    [Fact]
    public void WhatIsOfSeveralConversations_GoesAlone_BehindAllOfThem()
    {
        Add("a1", "a");
        AddMixed("ab", "a", "b");
        Add("b1", "b");
        Add("c1", "c");

        Next(10).ShouldBe(["a1", "c1"]);
        Done("a1", "c1");
        Next(10).ShouldBe(["ab"]);
        Done("ab");
        Next(10).ShouldBe(["b1"]);
    }

    [Fact]
    public void WhatCannotBeRead_HoldsUpNobody()
    {
        Add(new SpoolEntry(new SpoolSegment("1"), 0, 1, "shop") { Keys = SpoolKeys.None }, "x");
        Add("a1", "a");

        Next(10).ShouldBe(["x", "a1"]);
    }

    [Fact]
    public void EveryOrder_OfTakingAndFinishing_KeepsEachConversationsOrder()
    {
        var random = new Random(7);
        var seen = new Dictionary<string, int>();
        var last = new Dictionary<string, int>();
        for (var round = 0; round < 2_000; round++)
        {
            var key = $"k{random.Next(12)}";
            var number = seen[key] = seen.GetValueOrDefault(key) + 1;
            Add($"{key}/{number}", key);
            if (random.Next(3) > 0) continue;
            foreach (var group in _sut.Next(random.Next(1, 6)))
            {
                foreach (var entry in group.Take(random.Next(group.Count + 1)))
                {
                    var parts = _names[entry].Split('/');
                    int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture).ShouldBe(last.GetValueOrDefault(parts[0]) + 1);
                    last[parts[0]] = last.GetValueOrDefault(parts[0]) + 1;
                    _sut.Done(entry);
                }
            }
        }

        while (_sut.Next(100) is { Count: > 0 } groups)
        {
            foreach (var entry in groups.SelectMany(group => group))
            {
                last[_names[entry].Split('/')[0]] = last.GetValueOrDefault(_names[entry].Split('/')[0]) + 1;
                _sut.Done(entry);
            }
        }

        last.ShouldBe(seen, ignoreOrder: true);
    }

    private void Add(string name, string conversation, string? alias = null, int bytes = 10) => Add(
        new SpoolEntry(new SpoolSegment("1"), 0, bytes, "shop") { Keys = new SpoolKeys(alias is null ? [conversation] : [conversation, alias], conversation) }, name);

    private void AddMixed(string name, params string[] keys) =>
        Add(new SpoolEntry(new SpoolSegment("1"), 0, 10, "shop") { Keys = new SpoolKeys(keys, null) }, name);

    private void Add(SpoolEntry entry, string name)
    {
        _names.Add(entry, name);
        _sut.Add(entry);
    }

    private void Done(params string[] names)
    {
        foreach (var name in names) _sut.Done(_names.Single(pair => pair.Value == name).Key);
    }

    private List<string> Next(int max) => [.. _sut.Next(max).Select(group => string.Join(' ', group.Select(entry => _names[entry])))];
}
