using Microsoft.AspNetCore.DataProtection;
using Waqtor.Instances;
using Waqtor.Silo.Data;

namespace Waqtor.Silo.Instances;

/// <summary>
/// Encrypts credentials before they are stored, with keys that lie in the data folder: a copy of the store alone gives
/// nothing away, and a backup needs both.
/// </summary>
internal sealed class SecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    // Part of the key: what was protected for another purpose cannot be read here. Never change it.
    private const string Purpose = "Waqtor.Instances.Credentials.v1";

    private readonly IDataProtector _protector = provider.CreateProtector(Purpose);

    public string Protect(string plain) => _protector.Protect(plain);

    public string Unprotect(string cipher) => _protector.Unprotect(cipher);
}
