namespace EmbeddedOrleans.Tests.Calls;

/// <summary>A base interface that is not a grain interface itself.</summary>
internal interface IGreeter : IGrain
{
    Task<string> GreetAsync(string name);
}
