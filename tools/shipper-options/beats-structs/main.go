// Prints the options of Go configuration structs, as their `config:"…"` tags name them, with types and defaults.
//
//	go run . <module folder> < structs.json
//
// Standard input is a list of {"name", "package", "type", "default"}: the package's folder inside of the module, the struct's name, and
// the function or variable that has its defaults, if any. Standard output is a list of {"name", "options": [{"name", "type", "default"}]}.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"time"
)

const module = "github.com/elastic/beats/v7"

type request struct{ Name, Package, Type, Default, Prefix string }

type option struct {
	Name     string      `json:"name"`
	Type     string      `json:"type"`
	Default  interface{} `json:"default,omitempty"`
	Required bool        `json:"required,omitempty"`
}

type pkg struct {
	folder string
	files  []*ast.File
}

type scope struct {
	in   *pkg
	file *ast.File
}

var root string
var packages = map[string]*pkg{}

func load(folder string) *pkg {
	if known, ok := packages[folder]; ok {
		return known
	}
	loaded := &pkg{folder: folder}
	packages[folder] = loaded
	entries, err := os.ReadDir(filepath.Join(root, folder))
	if err != nil {
		return loaded
	}
	context := build.Default
	context.GOOS, context.GOARCH, context.CgoEnabled = "linux", "amd64", true
	context.BuildTags = []string{"withjournald"}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if matches, err := context.MatchFile(filepath.Join(root, folder), name); err != nil || !matches {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, folder, name), nil, 0)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		loaded.files = append(loaded.files, file)
	}
	return loaded
}

func (p *pkg) typeSpec(name string) (*ast.TypeSpec, *ast.File) {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			if general, ok := decl.(*ast.GenDecl); ok {
				for _, spec := range general.Specs {
					if found, ok := spec.(*ast.TypeSpec); ok && found.Name.Name == name {
						return found, file
					}
				}
			}
		}
	}
	return nil, nil
}

// value is the expression that a variable, a constant or a function's return statement gives.
func (p *pkg) value(name string) (ast.Expr, *ast.File) {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			switch found := decl.(type) {
			case *ast.GenDecl:
				for _, spec := range found.Specs {
					if values, ok := spec.(*ast.ValueSpec); ok {
						for at, each := range values.Names {
							if each.Name == name && at < len(values.Values) {
								return values.Values[at], file
							}
						}
					}
				}
			case *ast.FuncDecl:
				if found.Name.Name == name && found.Recv == nil && found.Body != nil {
					for _, statement := range found.Body.List {
						if result, ok := statement.(*ast.ReturnStmt); ok && len(result.Results) > 0 {
							return result.Results[0], file
						}
					}
				}
			}
		}
	}
	return nil, nil
}

// unpacks says what a type reads itself from, where it has a method Unpack.
func (p *pkg) unpacks(name string) string {
	for _, file := range p.files {
		for _, decl := range file.Decls {
			method, ok := decl.(*ast.FuncDecl)
			if !ok || method.Recv == nil || method.Name.Name != "Unpack" || len(method.Type.Params.List) == 0 {
				continue
			}
			receiver := method.Recv.List[0].Type
			if star, ok := receiver.(*ast.StarExpr); ok {
				receiver = star.X
			}
			if ident, ok := receiver.(*ast.Ident); !ok || ident.Name != name {
				continue
			}
			if parameter, ok := method.Type.Params.List[0].Type.(*ast.Ident); ok && parameter.Name == "string" {
				return "string"
			}
			return "any"
		}
	}
	return ""
}

func importPath(file *ast.File, name string) string {
	for _, each := range file.Imports {
		path, _ := strconv.Unquote(each.Path.Value)
		if each.Name != nil {
			if each.Name.Name == name {
				return path
			}
		} else if base := filepath.Base(path); base == name || strings.HasSuffix(base, "-"+name) || strings.TrimPrefix(base, "go-") == name {
			return path
		}
	}
	return ""
}

func inModule(path string) (string, bool) {
	if strings.HasPrefix(path, module+"/") {
		return strings.TrimPrefix(path, module+"/"), true
	}
	return "", false
}

var basic = map[string]string{"string": "string", "bool": "boolean", "float64": "number", "float32": "number"}

// fieldsOf walks a struct; defaults is the literal with its values, or nil.
func fieldsOf(of *ast.StructType, at scope, defaults *ast.CompositeLit, defaultsAt scope, prefix string, depth int) []option {
	var options []option
	for _, field := range of.Fields.List {
		tag := ""
		required := false
		if field.Tag != nil {
			text, _ := strconv.Unquote(field.Tag.Value)
			tag = reflect.StructTag(text).Get("config")
			required = strings.Contains(reflect.StructTag(text).Get("validate"), "required")
		}
		names := []string{}
		for _, each := range field.Names {
			names = append(names, each.Name)
		}
		if len(names) == 0 {
			names = []string{lastName(field.Type)}
		}
		for _, goName := range names {
			parts := strings.Split(tag, ",")
			name := parts[0]
			inline := false
			for _, flag := range parts[1:] {
				inline = inline || flag == "inline" || flag == "squash"
			}
			if name == "-" || (name == "" && !inline) {
				if name == "-" || !ast.IsExported(goName) {
					continue
				}
				name = strings.ToLower(goName)
			}
			full := prefix
			if !inline {
				full = prefix + name
			}
			options = append(options, typed(field.Type, at, entry(defaults, goName), defaultsAt, full, inline, required, depth)...)
		}
	}
	return options
}

func lastName(of ast.Expr) string {
	switch each := of.(type) {
	case *ast.StarExpr:
		return lastName(each.X)
	case *ast.SelectorExpr:
		return each.Sel.Name
	case *ast.Ident:
		return each.Name
	}
	return ""
}

func entry(literal *ast.CompositeLit, name string) ast.Expr {
	if literal == nil {
		return nil
	}
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == name {
				return pair.Value
			}
		}
	}
	return nil
}

func typed(of ast.Expr, at scope, given ast.Expr, givenAt scope, name string, inline, required bool, depth int) []option {
	leaf := func(kind string) []option {
		if inline {
			return nil
		}
		return []option{{Name: name, Type: kind, Default: evaluate(given, givenAt, kind), Required: required}}
	}
	next := func(structure *ast.StructType, inside scope) []option {
		if depth > 8 {
			return leaf("map")
		}
		prefix := name + "."
		if inline {
			prefix = name
		}
		literal, literalAt := literalOf(given, givenAt)
		return fieldsOf(structure, inside, literal, literalAt, prefix, depth+1)
	}
	switch each := of.(type) {
	case *ast.StarExpr:
		return typed(each.X, at, given, givenAt, name, inline, required, depth)
	case *ast.StructType:
		return next(each, at)
	case *ast.ArrayType:
		for _, element := range typed(each.Elt, at, nil, scope{}, "element", false, false, depth+1) {
			if element.Name == "element" && (element.Type == "string" || element.Type == "integer" || element.Type == "number") {
				return leaf("list")
			}
		}
		return leaf("any")
	case *ast.MapType:
		return leaf("map")
	case *ast.InterfaceType:
		return leaf("any")
	case *ast.Ident:
		if kind, ok := basic[each.Name]; ok {
			return leaf(kind)
		}
		if strings.HasPrefix(strings.TrimPrefix(each.Name, "u"), "int") {
			return leaf("integer")
		}
		return named(at.in, each.Name, at, leaf, next, given, givenAt, name, inline, required, depth)
	case *ast.SelectorExpr:
		owner, _ := each.X.(*ast.Ident)
		path := importPath(at.file, owner.Name)
		full := path + "." + each.Sel.Name
		switch {
		case full == "time.Duration":
			return leaf("duration")
		case strings.HasSuffix(full, "cfgtype.ByteSize"):
			return leaf("size")
		case strings.HasSuffix(full, "match.Matcher"), strings.HasSuffix(full, "match.ExactMatcher"), strings.HasSuffix(full, "fmtstr.EventFormatString"), strings.HasSuffix(full, "fmtstr.TimestampFormatString"):
			return leaf("string")
		case full == module+"/libbeat/common.MapStr", full == module+"/libbeat/common.Config", full == module+"/libbeat/common.ConfigNamespace":
			return leaf("map")
		}
		if folder, ok := inModule(path); ok {
			return named(load(folder), each.Sel.Name, at, leaf, next, given, givenAt, name, inline, required, depth)
		}
	}
	return leaf("any")
}

func named(in *pkg, typeName string, _ scope, leaf func(string) []option, next func(*ast.StructType, scope) []option, given ast.Expr, givenAt scope, name string, inline, required bool, depth int) []option {
	unpacks := in.unpacks(typeName)
	spec, file := in.typeSpec(typeName)
	if spec != nil && unpacks == "any" {
		// Numbers with names.
		if underlying, ok := spec.Type.(*ast.Ident); ok && strings.HasPrefix(strings.TrimPrefix(underlying.Name, "u"), "int") {
			unpacks = "string"
		}
	}
	if unpacks == "string" {
		return leaf("string")
	}
	if spec == nil {
		return leaf("any")
	}
	inside := scope{in, file}
	if structure, ok := spec.Type.(*ast.StructType); ok {
		if options := next(structure, inside); len(options) > 0 {
			return options
		}
		return leaf("any")
	}
	if depth > 8 {
		return leaf("any")
	}
	return typed(spec.Type, inside, given, givenAt, name, inline, required, depth+1)
}

// literalOf follows calls, variables and pointers to the composite literal that they stand for.
func literalOf(of ast.Expr, at scope) (*ast.CompositeLit, scope) {
	switch each := of.(type) {
	case *ast.CompositeLit:
		return each, at
	case *ast.UnaryExpr:
		return literalOf(each.X, at)
	case *ast.CallExpr:
		return literalOf(each.Fun, at)
	case *ast.Ident:
		if value, file := at.in.value(each.Name); value != nil {
			return literalOf(value, scope{at.in, file})
		}
	case *ast.SelectorExpr:
		if owner, ok := each.X.(*ast.Ident); ok {
			if folder, ok := inModule(importPath(at.file, owner.Name)); ok {
				if value, file := load(folder).value(each.Sel.Name); value != nil {
					return literalOf(value, scope{load(folder), file})
				}
			}
		}
	}
	return nil, scope{}
}

var constants = map[string]float64{
	"time.Nanosecond": 1, "time.Microsecond": 1e3, "time.Millisecond": 1e6, "time.Second": 1e9, "time.Minute": 60e9, "time.Hour": 3600e9,
	"humanize.KiByte": 1 << 10, "humanize.MiByte": 1 << 20, "humanize.GiByte": 1 << 30,
}

func evaluate(of ast.Expr, at scope, kind string) interface{} {
	value := constant(of, at, 0)
	number, isNumber := value.(float64)
	switch {
	case kind == "duration" && isNumber:
		return time.Duration(number).String()
	case (kind == "integer" || kind == "size") && isNumber:
		return int64(number)
	case kind == "number" && isNumber:
		return number
	case kind == "boolean" || kind == "string":
		if !isNumber {
			return value
		}
	}
	return nil
}

func constant(of ast.Expr, at scope, depth int) interface{} {
	if depth > 6 {
		return nil
	}
	switch each := of.(type) {
	case *ast.BasicLit:
		if each.Kind == token.STRING {
			text, _ := strconv.Unquote(each.Value)
			return text
		}
		if number, err := strconv.ParseFloat(each.Value, 64); err == nil {
			return number
		}
	case *ast.Ident:
		switch each.Name {
		case "true":
			return true
		case "false":
			return false
		}
		if value, file := at.in.value(each.Name); value != nil {
			return constant(value, scope{at.in, file}, depth+1)
		}
	case *ast.SelectorExpr:
		if owner, ok := each.X.(*ast.Ident); ok {
			if number, ok := constants[owner.Name+"."+each.Sel.Name]; ok {
				return number
			}
			if folder, ok := inModule(importPath(at.file, owner.Name)); ok {
				if value, file := load(folder).value(each.Sel.Name); value != nil {
					return constant(value, scope{load(folder), file}, depth+1)
				}
			}
		}
	case *ast.ParenExpr:
		return constant(each.X, at, depth+1)
	case *ast.CallExpr:
		if len(each.Args) == 1 {
			return constant(each.Args[0], at, depth+1)
		}
	case *ast.BinaryExpr:
		left, isLeft := constant(each.X, at, depth+1).(float64)
		right, isRight := constant(each.Y, at, depth+1).(float64)
		if isLeft && isRight {
			switch each.Op {
			case token.MUL:
				return left * right
			case token.ADD:
				return left + right
			case token.SHL:
				return left * float64(int64(1)<<int64(right))
			}
		}
	}
	return nil
}

func main() {
	root = os.Args[1]
	var requests []request
	if err := json.NewDecoder(os.Stdin).Decode(&requests); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	type answer struct {
		Name    string   `json:"name"`
		Prefix  string   `json:"prefix,omitempty"`
		Options []option `json:"options"`
	}
	var answers []answer
	for _, each := range requests {
		in := load(each.Package)
		spec, file := in.typeSpec(each.Type)
		if spec == nil {
			continue
		}
		structure, ok := spec.Type.(*ast.StructType)
		if !ok {
			fmt.Fprintf(os.Stderr, "%s.%s is no struct\n", each.Package, each.Type)
			os.Exit(1)
		}
		at := scope{in, file}
		var defaults *ast.CompositeLit
		defaultsAt := at
		if each.Default != "" {
			if defaults, defaultsAt = literalOf(ast.NewIdent(each.Default), at); defaults == nil {
				fmt.Fprintf(os.Stderr, "no defaults %s in %s\n", each.Default, each.Package)
			}
		}
		answers = append(answers, answer{each.Name, each.Prefix, fieldsOf(structure, at, defaults, defaultsAt, "", 0)})
	}
	_ = json.NewEncoder(os.Stdout).Encode(answers)
}
