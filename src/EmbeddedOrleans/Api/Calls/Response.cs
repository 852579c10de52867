namespace Orleans.Serialization.Invocation;

/// <summary>The outcome of a request: a result or an exception.</summary>
public abstract class Response : IDisposable
{
    public static Response Completed { get; } = new Success<object?>(null);

    public abstract object? Result { get; set; }

    public abstract Exception? Exception { get; set; }

    public static Response FromException(Exception exception) => new Failure(exception);

    public static Response FromResult<TResult>(TResult value) => new Success<TResult>(value);

    public abstract T GetResult<T>();

    public abstract void Dispose();

    public override string ToString() =>
        Exception is { } exception ? exception.ToString() : Result?.ToString() ?? "[null]";

    private sealed class Success<TResult>(TResult value) : Response
    {
        private TResult _value = value;

        public override object? Result
        {
            get => _value;
            set => _value = (TResult)value!;
        }

        public override Exception? Exception
        {
            get => null;
            set => throw new InvalidOperationException("This response holds a result.");
        }

        public override T GetResult<T>() => _value is T typed ? typed : (T)(object?)_value!;

        public override void Dispose()
        {
        }
    }

    private sealed class Failure(Exception exception) : Response
    {
        public override object? Result
        {
            get => throw Exception!;
            set => throw new InvalidOperationException("This response holds an exception.");
        }

        public override Exception? Exception { get; set; } = exception;

        public override T GetResult<T>() => throw Exception!;

        public override void Dispose()
        {
        }
    }
}
