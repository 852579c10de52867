namespace EmbeddedOrleans.Storage.Sqlite;

/// <summary>Sets one number of the store itself.</summary>
internal sealed class MetaWrite(string key, long value) : StoreWrite
{
    protected override void Apply(WriteStatements statements) => statements.SetMeta(key, value);
}
