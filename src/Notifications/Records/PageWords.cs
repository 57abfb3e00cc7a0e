namespace IoTGateway.Notifications.Records;

/// <summary>The words that stand for types and states in JSON. They are part of the log's form and never change their meaning.</summary>
internal static class PageWords
{
    private static readonly string[] Types = ["", "raise", "stage", "nobody reached", "over"];
    private static readonly string[] States = ["queued", "sending", "sent", "delivered", "failed", "dropped", "given up"];

    public static string Of(PageType type) => Types[(int)type];

    public static string Of(PageState state) => States[(int)state];

    public static PageType Type(string word) => Array.IndexOf(Types, word) is > 0 and var type ? (PageType)type : throw Unknown("type", word);

    public static PageState State(string word) => Array.IndexOf(States, word) is >= 0 and var state ? (PageState)state : throw Unknown("state", word);

    private static InvalidDataException Unknown(string what, string word) => new($"A page has the {what} '{word}', which this version of the gateway does not know.");
}
