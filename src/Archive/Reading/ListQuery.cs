using System.Text;
using Dapper;

namespace Waqtor.Archive;

/// <summary>The conditions and parameters of one list as they are put together.</summary>
internal sealed class ListQuery(ArchiveDialect dialect, PageOrder order)
{
    /// <summary>Longer search texts are cut: what they find is a superset.</summary>
    public const int SearchLengthMax = 200;

    private readonly List<string> _scope = [];
    private readonly List<string> _filters = [];

    public PageOrder Order => order;

    public DynamicParameters Parameters { get; } = new();

    /// <summary>
    /// True when the database may have to pass over rows to find those that match; then a page looks through a
    /// bounded stretch of the list only.
    /// </summary>
    public bool PassesOver { get; private set; }

    /// <summary>What an index answers.</summary>
    public string Scope => Clause(_scope);

    public string Where => Clause(_scope.Concat(_filters));

    /// <summary>Only instances the caller may see, and only the one asked for. Every list goes through here.</summary>
    /// <param name="allowed">Names; null: all.</param>
    /// <param name="instance">One name; null: all.</param>
    /// <param name="indexed">The table has an index on the instance and the order.</param>
    public ListQuery InInstances(IReadOnlyCollection<string>? allowed, string? instance, bool indexed = true)
    {
        if (instance is not null) One("instance");
        switch (allowed)
        {
            case null:
                break;
            case { Count: 0 }:
                _scope.Add("1 = 0");
                break;
            case { Count: 1 }:
                instance = allowed.First();
                One("allowed");
                break;
            default:
                // Several names cannot use an index on the name without losing the order.
                Matching(dialect.AnyInstance);
                Parameters.Add("allowed", allowed.Select(StoredText.Clean).ToArray());
                break;
        }

        return this;

        void One(string name)
        {
            Parameters.Add(name, StoredText.Clean(instance)!);
            if (indexed) InScope($"instance = @{name}");
            else Matching($"instance = @{name}");
        }
    }

    /// <summary>A condition that an index answers together with the order.</summary>
    public ListQuery InScope(string condition, string name, object value)
    {
        Parameters.Add(name, value);
        return InScope(condition);
    }

    /// <inheritdoc cref="InScope(string, string, object)" />
    public ListQuery InScope(string condition)
    {
        _scope.Add(condition);
        return this;
    }

    /// <summary>A condition that rows are passed over for.</summary>
    public ListQuery Matching(string condition)
    {
        PassesOver = true;
        return Without(condition);
    }

    /// <summary>A condition that almost every row fulfils.</summary>
    public ListQuery Without(string condition)
    {
        _filters.Add(condition);
        return this;
    }

    /// <summary>The rows after a cursor of this list.</summary>
    /// <exception cref="ArgumentException">The cursor is of another list, or broken.</exception>
    public ListQuery After(string? cursor)
    {
        if (PageCursor.Decode(cursor, order.List) is not { } place) return this;
        Parameters.Add("id", place.Id);
        return InScope(order.After, "position", place.Position);
    }

    /// <summary>Makes <paramref name="text"/> what <see cref="Like"/> looks for, anywhere in a column, its wildcards taken literally.</summary>
    public void SearchFor(string text)
    {
        var length = Math.Min(text.Length, SearchLengthMax);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1])) length--;
        Parameters.Add("pattern", "%" + StoredText.Clean(text[..length])!
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal) + "%");
    }

    public string Like(string column) => $@"{column} {dialect.Like} @pattern ESCAPE '\'";

    private static string Clause(IEnumerable<string> conditions)
    {
        var clause = new StringBuilder();
        foreach (var condition in conditions) clause.Append(clause.Length == 0 ? " WHERE " : " AND ").Append(condition);
        return clause.ToString();
    }
}
