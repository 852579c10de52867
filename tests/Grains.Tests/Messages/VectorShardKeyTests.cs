using Waqtor.SmartBot;

namespace Waqtor.Grains.Tests.Messages;

public sealed class VectorShardKeyTests
{
    [Fact]
    public void Key_WrittenAndRead_IsTheSame()
    {
        var key = new VectorShardKey("abc", 15);
        VectorShardKey.Parse(key.ToString()).ShouldBe(key);
        Should.Throw<FormatException>(() => VectorShardKey.Parse("abc/16"));
        Should.Throw<FormatException>(() => VectorShardKey.Parse("abc"));
    }
}
