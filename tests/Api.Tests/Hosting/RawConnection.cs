using System.Net.Sockets;
using System.Text;

namespace Waqtor.Api.Tests.Hosting;

/// <summary>A connection on which a test writes exactly the bytes it wants.</summary>
internal sealed class RawConnection(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new(address.Host, address.Port) { NoDelay = true };

    public Task WriteAsync(string text) => _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();

    public Task WriteAsync(byte[] bytes) => _client.GetStream().WriteAsync(bytes).AsTask();

    /// <summary>Everything up to the end of the connection; what the server did before it cut.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var bytes = new MemoryStream();
        var buffer = new byte[4_096];
        try
        {
            int count;
            while ((count = await _client.GetStream().ReadAsync(buffer, patience.Token)) > 0) bytes.Write(buffer, 0, count);
        }
        catch (IOException)
        {
            // Reset: the same as an end here.
        }

        return Encoding.ASCII.GetString(bytes.ToArray());
    }

    /// <summary>The first line of the answer, such as <c>HTTP/1.1 413 Payload Too Large</c>.</summary>
    public async Task<string> ReadStatusAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        var one = new byte[1];
        while (await _client.GetStream().ReadAsync(one, patience.Token) == 1 && one[0] != '\n') text.Append((char)one[0]);
        return text.ToString().Trim();
    }

    public void Dispose() => _client.Dispose();
}
