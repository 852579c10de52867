using System.Text;
using Waqtor.Instances;

namespace Waqtor.Grains.Tests.Cluster;

/// <summary>Not a cipher, but nothing a test could mistake for plain text.</summary>
internal sealed class PlainSecrets : ISecretProtector
{
    public string Protect(string plain) => Convert.ToBase64String(Encoding.UTF8.GetBytes(plain));

    public string Unprotect(string cipher) => Encoding.UTF8.GetString(Convert.FromBase64String(cipher));
}
