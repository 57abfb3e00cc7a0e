namespace IoTGateway.Queue;

/// <summary>The records of one group commit, as far as they are of the wanted kinds. Valid until its reader goes on.</summary>
public readonly ref struct LogFrame
{
    /// <summary>Where the frame begins.</summary>
    public LogPosition Position => throw new NotImplementedException();

    /// <summary>Where the next frame begins: the cursor of whoever has consumed this one.</summary>
    public LogPosition Next => throw new NotImplementedException();

    /// <summary>The records, for <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => throw new NotImplementedException();

    /// <summary>Goes through the records.</summary>
    public ref struct Enumerator
    {
        /// <summary>The present record.</summary>
        public readonly LogRecord Current => throw new NotImplementedException();

        /// <summary>Goes to the next record.</summary>
        public bool MoveNext() => throw new NotImplementedException();
    }
}
