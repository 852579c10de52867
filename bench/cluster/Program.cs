using System.Globalization;
using Waqtor.Bench.Cluster;

// cluster-bench NAME KEY SECONDS CONNECTIONS URL...: measures what runs at these addresses and prints one row of the table.
if (args is not [var name, var key, var seconds, var connections, _, ..])
{
    Console.Error.WriteLine("cluster-bench NAME KEY SECONDS CONNECTIONS URL...");
    return 2;
}

var bench = new Measurement(key, args[4..], int.Parse(connections, CultureInfo.InvariantCulture));
Console.WriteLine(await bench.RunAsync(name, TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture))));
return 0;
