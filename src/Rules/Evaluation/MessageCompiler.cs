using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compiles messages.</summary>
internal static class MessageCompiler
{
    /// <summary>Compiles one.</summary>
    public static MessageTemplate Compile(ProgramLayout layout, ResolvedProfile profile, IEnumerable<MessageDefinition> pieces)
    {
        var numbers = new NumberCompiler(layout, profile, "");
        return new MessageTemplate([.. pieces.Select(piece => piece.Value switch
        {
            null => new MessagePart(piece.Text),
            AgeExpression age => new MessagePart("", AgeOf: numbers.Named(age.Name)),
            var value => new MessagePart("", numbers.Number(value).Operand),
        })]);
    }
}
