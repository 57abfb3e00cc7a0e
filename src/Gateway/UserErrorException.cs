namespace IoTGateway;

/// <summary>Something the person at the keyboard can mend: its message is shown as it is, without a stack trace.</summary>
internal sealed class UserErrorException : Exception
{
    public UserErrorException(string message)
        : base(message)
    {
    }

    public UserErrorException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
