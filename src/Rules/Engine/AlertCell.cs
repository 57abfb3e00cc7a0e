using System.Runtime.CompilerServices;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Engine;

/// <summary>One alert of one patient that is not idle. Times are Unix milliseconds.</summary>
internal struct AlertCell
{
    /// <summary>In <see cref="SuppressedBy"/>: it is not held back.</summary>
    public const short Nobody = -1;

    /// <summary>In <see cref="SuppressedBy"/>: it was told as held back by an alert whose rule is gone since.</summary>
    public const short Gone = -2;

    /// <summary>Its rule's index.</summary>
    public ushort Rule;

    /// <summary>The rule, among those that hold it back, that is raised; <see cref="Nobody"/>: none is.</summary>
    public short SuppressedBy;

    /// <summary>
    /// The level it is at, from 0, the least urgent; while pending the most urgent one that waited when it was told.
    /// </summary>
    public byte Level;

    /// <summary>Whether it rests on data that cannot be trusted or is not there.</summary>
    public bool Unverified;

    /// <summary>What a change of the rules has left to be told.</summary>
    public CarriedAs Carried;

    /// <summary>The priority of its level under the rules before; has a meaning with <see cref="Carried"/> only.</summary>
    public AlertPriority PriorityBefore;

    /// <summary>The state: pending, active or clearing. <see cref="AlertState.Unknown"/> only within the evaluation that leaves idle.</summary>
    public AlertState State;

    /// <summary>When it left idle.</summary>
    public long Since;

    /// <summary>While clearing since when that holds; while active since when the condition of its level is false.</summary>
    public long Turning;

    /// <summary>By level, since when its condition has held, while it is waited for; else <see cref="SlotState.None"/>.</summary>
    public LevelTimes Waiting;

    /// <summary>Whether it is active or clearing.</summary>
    public readonly bool IsRaised => State is AlertState.Active or AlertState.Clearing;

    /// <summary>The most urgent level that waits; -1: none does.</summary>
    public readonly int HighestWaiting
    {
        get
        {
            for (var level = CompiledRule.MostLevels - 1; level >= 0; level--)
            {
                if (Waiting[level] != SlotState.None)
                {
                    return level;
                }
            }

            return -1;
        }
    }

    /// <summary>An alert that has just left idle.</summary>
    public static AlertCell Of(int rule)
    {
        var cell = new AlertCell { Rule = (ushort)rule, SuppressedBy = Nobody, Turning = SlotState.None };
        cell.StopWaiting(CompiledRule.MostLevels - 1);
        return cell;
    }

    /// <summary>A level and all below are not waited for any more.</summary>
    public void StopWaiting(int level)
    {
        for (; level >= 0; level--)
        {
            Waiting[level] = SlotState.None;
        }
    }

    /// <summary>When time alone changes something here.</summary>
    public readonly long Due(CompiledRule rule)
    {
        var due = Turning == SlotState.None ? SlotState.None : SlotState.Later(Turning, rule.ClearAfter);
        for (var level = 0; level < rule.Levels.Length; level++)
        {
            if (Waiting[level] != SlotState.None)
            {
                due = Math.Min(due, SlotState.Later(Waiting[level], rule.Levels[level].For));
            }
        }

        return due;
    }

    /// <summary>A time for each level.</summary>
    [InlineArray(CompiledRule.MostLevels)]
    internal struct LevelTimes
    {
        private long _first;
    }
}
