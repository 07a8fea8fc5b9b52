//! Formulas as data: what a cell is computed from, independent of where it will stand.
//!
//! The XLSX writer turns them into live formulas; every function is one that Excel 2010 and
//! `LibreOffice` both know.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

/// A spreadsheet function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named as the spreadsheet functions they are")]
pub enum Func {
    Sum,
    Product,
    Min,
    Max,
    Average,
    Median,
    Count,
    Abs,
    Sqrt,
    Exp,
    Ln,
    Power,
    If,
    And,
    Or,
    IfError,
    Sumifs,
    Countifs,
    Sumproduct,
    Index,
    Match,
    Large,
    Small,
    Ceiling,
    Round,
    NormSInv,
    NormSDist,
    BetaInv,
    ChisqInv,
    ChisqDistRt,
    BinomDist,
    GammaInv,
    TInv2T,
    StdevS,
    VarS,
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named as the operators they are")]
pub enum Op {
    Add,
    Sub,
    Mul,
    Div,
    Pow,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Expr {
    /// A number.
    Number(f64),
    /// A text, compared literally.
    Text(String),
    /// The cell of this row in a column of the same table.
    Own(String),
    /// The cell of the row `offset` rows above (negative) or below in a column of the same table.
    Offset(String, i32),
    /// All rows of a column: table id, column id.
    Whole(String, String),
    /// Rows of a column, first and last (0-based, both included): table id, column id.
    Span(String, String, usize, usize),
    /// One cell: table id, column id, row (0-based).
    At(String, String, usize),
    /// A named constant of the report, as `sigma_shift`.
    Constant(String),
    /// Two operands.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// A function call.
    Call(Func, Vec<Expr>),
}

impl Expr {
    /// The cell of this row in a column of the same table.
    #[must_use]
    pub fn own(column: &str) -> Self {
        Self::Own(column.to_owned())
    }

    /// All rows of a column of a table.
    #[must_use]
    pub fn whole(table: &str, column: &str) -> Self {
        Self::Whole(table.to_owned(), column.to_owned())
    }

    /// One cell of a table.
    #[must_use]
    pub fn at(table: &str, column: &str, row: usize) -> Self {
        Self::At(table.to_owned(), column.to_owned(), row)
    }

    /// A named constant.
    #[must_use]
    pub fn constant(name: &str) -> Self {
        Self::Constant(name.to_owned())
    }

    /// A function call.
    #[must_use]
    pub fn call(func: Func, args: impl IntoIterator<Item = Self>) -> Self {
        Self::Call(func, args.into_iter().collect())
    }

    /// Two operands.
    #[must_use]
    pub fn op(op: Op, left: Self, right: Self) -> Self {
        Self::Binary(op, Box::new(left), Box::new(right))
    }
}

/// A formula as cells carry it: one for all the languages that show the cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula(Arc<Expr>);

impl From<Expr> for Formula {
    fn from(expr: Expr) -> Self {
        Self(Arc::new(expr))
    }
}

impl Deref for Formula {
    type Target = Expr;

    fn deref(&self) -> &Expr {
        &self.0
    }
}

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

impl JsonSchema for Formula {
    fn schema_name() -> Cow<'static, str> {
        Expr::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Expr::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Expr::json_schema(generator)
    }
}

impl From<f64> for Expr {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $op:ident),+) => {$(
        impl std::ops::$trait for Expr {
            type Output = Self;
            fn $method(self, right: Self) -> Self {
                Self::op(Op::$op, self, right)
            }
        }
    )+};
}
operators!(Add add Add, Sub sub Sub, Mul mul Mul, Div div Div);
