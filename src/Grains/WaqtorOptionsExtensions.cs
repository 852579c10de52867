using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Waqtor;

/// <summary>Registers options classes of the configuration section <c>Waqtor</c>.</summary>
public static class WaqtorOptionsExtensions
{
    /// <summary>Binds <typeparamref name="TOptions"/> to <c>Waqtor:{section}</c> and checks it at start.</summary>
    /// <param name="services">The services.</param>
    /// <param name="waqtor">The section <c>Waqtor</c>.</param>
    /// <param name="section">The section within it.</param>
    public static IServiceCollection AddWaqtorOptions<TOptions>(
        this IServiceCollection services, IConfiguration waqtor, string section)
        where TOptions : class
    {
        services.AddOptions<TOptions>().Bind(waqtor.GetSection(section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>>(
            new WaqtorOptionsValidator<TOptions>(section)));
        return services;
    }
}
