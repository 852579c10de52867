using System.Reflection;

namespace EmbeddedOrleans.Calls;

/// <summary>The request class of one method, as the proxy that uses it must know it.</summary>
internal sealed record EmittedRequest(
    Type BaseType, ConstructorInfo Constructor, FieldInfo[] Arguments, bool TakesCancellation, MethodInfo SendMethod);
