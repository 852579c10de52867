using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Waqtor.Sending;

namespace Waqtor.Grains.Tests;

public sealed class WaqtorGrainsTests
{
    [Fact]
    public void AddWaqtorGrains_ValueOutOfRange_NamesTheFullKey()
    {
        using var services = Services(("Waqtor:Sending:MessagesPerSecond", "0"));

        var exception = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        exception.Failures.Single().ShouldStartWith("Waqtor:Sending:MessagesPerSecond: ");
    }

    [Theory]
    [InlineData("15", false)]
    [InlineData("14", true)]
    public void AddWaqtorGrains_AttemptThatOutlivesItsReport_IsRefused(string seconds, bool isValid)
    {
        using var services = Services(("Waqtor:Sending:AttemptTimeoutSeconds", seconds));

        var validate = services.GetRequiredService<IStartupValidator>().Validate;

        if (isValid) validate();
        else Should.Throw<OptionsValidationException>(validate).Failures.Single().ShouldStartWith("Waqtor:Sending:AttemptTimeoutSeconds: ");
    }

    [Fact]
    public void AddWaqtorGrains_NoConfiguration_HasValidDefaults()
    {
        using var services = Services();

        services.GetRequiredService<IStartupValidator>().Validate();

        services.GetRequiredService<IOptions<SendingOptions>>().Value.MessagesPerSecond.ShouldBe(80);
        services.GetRequiredService<IIdSource>().New("msg").ShouldStartWith("msg_");
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value))
            .Build();
        return new ServiceCollection().AddWaqtorGrains(configuration.GetSection("Waqtor")).BuildServiceProvider();
    }
}
