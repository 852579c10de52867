using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waqtor.Instances;

namespace Waqtor.WhatsApp.Tests;

public sealed class WhatsAppOptionsTests
{
    [Theory]
    [InlineData("JsonDepthMax", "4")]
    [InlineData("RawJsonBytesMax", "0")]
    [InlineData("SendTimeoutSeconds", "0")]
    [InlineData("ConnectTimeoutSeconds", "100")]
    [InlineData("AnswerBytesMax", "1")]
    [InlineData("ConnectionsPerHostMax", "0")]
    [InlineData("CloudBaseUrl", "graph.facebook.com")]
    [InlineData("CloudApiVersion", "v23")]
    public void Option_OutOfRange_IsNamedByItsFullKey(string key, string value)
    {
        using var services = Build(($"WhatsApp:{key}", value));
        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IOptions<WhatsAppOptions>>().Value)
            .Message.ShouldContain($"Waqtor:WhatsApp:{key}");
    }

    [Fact]
    public void Defaults_AreValid()
    {
        using var services = Build();
        services.GetRequiredService<IOptions<WhatsAppOptions>>().Value.SendTimeoutSeconds.ShouldBe(10);
    }

    [Fact]
    public void Services_OfTheEdge_AreOnePerProvider()
    {
        using var services = Build();
        ProviderKind[] real = [ProviderKind.Cloud, ProviderKind.Evolution, ProviderKind.Waha, ProviderKind.Generic];
        services.GetServices<IDeliveryParser>().Select(parser => parser.Provider).ShouldBe(real);
        services.GetServices<IMessageSender>().Select(sender => sender.Provider).ShouldBe(real);
        services.GetServices<IWebhookVerifier>().Select(verifier => verifier.Provider).ShouldBe([.. real, ProviderKind.Sandbox]);
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        var waqtor = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddWaqtorWhatsApp(waqtor).BuildServiceProvider();
    }
}
