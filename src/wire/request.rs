//! A request as a value.

/// One HTTP request, complete but for the address it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method, such as `POST`.
    pub method: String,
    /// Path and query, such as `/face/newperson`.
    pub target: String,
    /// Header lines in the order of sending; names may repeat. `Host` and `Content-Length` are the client's business.
    pub headers: Vec<(String, String)>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Puts a header in place of all of that name; `None` removes them.
    pub fn set_header(&mut self, name: &str, value: Option<&str>) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        if let Some(value) = value {
            self.headers.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The parameters of the query, in order, decoded.
    pub fn query(&self) -> Vec<(String, String)> {
        let query = self.target.split_once('?').map_or("", |(_, query)| query);
        form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// Puts a parameter of the query in place of all of that name; `None` removes them.
    pub fn set_query(&mut self, name: &str, value: Option<&str>) {
        let mut pairs = self.query();
        pairs.retain(|(known, _)| known != name);
        pairs.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        let path = self.target.split('?').next().unwrap_or_default().to_owned();
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.target = if query.is_empty() { path } else { format!("{path}?{query}") };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_replaced_whatever_its_case() {
        let mut request = Request {
            method: "POST".into(),
            target: "/".into(),
            headers: vec![("authorization".into(), "a".into()), ("AUTHORIZATION".into(), "b".into())],
            body: Vec::new(),
        };
        request.set_header("Authorization", Some("c"));
        assert_eq!(request.headers, [("Authorization".to_owned(), "c".to_owned())]);
        request.set_header("authorization", None);
        assert_eq!(request.header("Authorization"), None);
    }

    #[test]
    fn a_query_parameter_is_replaced() {
        let mut request = Request {
            method: "POST".into(),
            target: "/a?x=1&t=old&t=older".into(),
            headers: Vec::new(),
            body: Vec::new(),
        };
        request.set_query("t", Some("a b/c"));
        assert_eq!(request.target, "/a?x=1&t=a+b%2Fc");
        assert_eq!(request.query()[1], ("t".to_owned(), "a b/c".to_owned()));
        request.set_query("t", None);
        request.set_query("x", None);
        assert_eq!(request.target, "/a");
    }
}
