namespace Waqtor.Instances;

/// <summary>Encrypts secrets for the store.</summary>
public interface ISecretProtector
{
    string Protect(string plain);

    /// <exception cref="System.Security.Cryptography.CryptographicException">Not ours, changed, or the key is gone.</exception>
    string Unprotect(string cipher);
}
