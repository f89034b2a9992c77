namespace Ecoscanner.JavaScript.Lowering;

/// <summary>
/// What an <see cref="Instruction"/> does. T is its target slot; A, B and C are its operands. A <em>key</em> is a slot, or the complement of a text.
/// A <em>list</em> is a place in <see cref="LoweredModule.Lists"/>: a count, then so many numbers.
/// </summary>
internal enum Opcode : byte
{
    /// <summary>T is a value that is not known.</summary>
    Unknown,

    /// <summary>T is the constant A.</summary>
    Constant,

    /// <summary>T may be what A is. A slot that several copies write is what joins them.</summary>
    Copy,

    /// <summary>T is what slot A of a function around is.</summary>
    Outer,

    /// <summary>Slot A of a function around may be what B is.</summary>
    SetOuter,

    /// <summary>T is a new closure of the function A.</summary>
    Function,

    /// <summary>T is a new class A. B is the slot of what it extends, or -1. C is the slot that its prototype is put in.</summary>
    Class,

    /// <summary>T is a new object. A is a list of the texts that name what it surely has of its own.</summary>
    Object,

    /// <summary>T is a new array. A is how many items it has, or -1 where that is not known.</summary>
    Array,

    /// <summary>T is a new regular expression, of the constant A.</summary>
    Regex,

    /// <summary>T is member B, a key, of A. C is the handler.</summary>
    Load,

    /// <summary>T is member B, a key, of what the prototype of A inherits from.</summary>
    SuperLoad,

    /// <summary>Member B, a key, of A may be C.</summary>
    Store,

    /// <summary>Reading member B, a key, of A calls C.</summary>
    Getter,

    /// <summary>Writing member B, a key, of A calls C.</summary>
    Setter,

    /// <summary>Items of A, an array, may be what goes through B from its item C on.</summary>
    Spread,

    /// <summary>A gets all members of B but those whose keys are in the list C.</summary>
    Assign,

    /// <summary>T is what calling A with <c>this</c> B (or -1) gives. C is a list: the handler, then the arguments; the complement of a slot is a spread one.</summary>
    Call,

    /// <summary>T is what <c>new</c> A gives. C is as for a call.</summary>
    New,

    /// <summary>Calls the constructor A of the class above on the <c>this</c> B; T is <c>this</c> from then on. C is as for a call.</summary>
    SuperCall,

    /// <summary>T is an element of the component A, a slot, or of an HTML element of the text that A is the complement of, which of a fragment is empty. B are its properties, an object.</summary>
    Element,

    /// <summary>T is what A yields: item B, or any where B is -1. C is 1 where it is awaited.</summary>
    Iterate,

    /// <summary>T is a name of a member of A.</summary>
    Keys,

    /// <summary>T is what the promise A comes to, or A itself. C is the handler.</summary>
    Await,

    /// <summary>The generator hands out A; T is what it is given back. C is the handler of what it is given to throw.</summary>
    Yield,

    /// <summary>The generator hands out all that A yields; T is what A returns. C is the handler.</summary>
    YieldAll,

    /// <summary>The function returns A. Where it just ends, nothing says so.</summary>
    Return,

    /// <summary>B, a handler or the function's, may be given A.</summary>
    Throw,

    /// <summary>T may be an error that the language itself throws.</summary>
    Raised,

    /// <summary>T is A + B.</summary>
    Add,

    /// <summary>T is the text of a template. C is a list of slots and complements of texts.</summary>
    Template,

    /// <summary>T is A operator B; the operator, a <see cref="Syntax.TokenKind"/>, is C.</summary>
    Binary,

    /// <summary>T is the operator C before A; <c>++</c> and <c>--</c> are what is written: <c>i++</c> itself is <c>+i</c>.</summary>
    Unary,

    /// <summary>T is the global of the text A.</summary>
    Global,

    /// <summary>The global of the text A may be B.</summary>
    SetGlobal,

    /// <summary>T is the import entry A of the module.</summary>
    Import,

    /// <summary>T is what the request A of the module gives: <c>require("x")</c>, or the promise of <c>import("x")</c>.</summary>
    Request,

    /// <summary>A direct <c>eval</c> of A gives T, and may write all that can be seen.</summary>
    Eval,
}
