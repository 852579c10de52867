namespace Waqtor.Archive.Tests;

public sealed class PostgresConnectionTests
{
    [Theory]
    [InlineData("Host=db", 20)]
    [InlineData("Host=db;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;MaxPoolSize=7", 7)]
    [InlineData("Host=db;maximum pool size=200", 200)]
    public void PoolSize_IsTheOperatorsOrAFifthOfAServer(string text, int size) => PostgresConnection.Read(text).MaxPoolSize.ShouldBe(size);

    [Theory]
    [InlineData("Hst=1;garbage")]
    [InlineData("Hst=db")]
    [InlineData("Username=waqtor")]
    [InlineData("Host=db;Port=many")]
    [InlineData("garbage")]
    public void Text_ThatCannotWork_IsRefused(string text) => Should.Throw<ArgumentException>(() => PostgresConnection.Read(text));
}
