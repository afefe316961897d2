module podscope.dev/beats-structs

go 1.21
